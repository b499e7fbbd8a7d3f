using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Waybill.Engine.Acting;
using Waybill.Engine.Tenancy;

namespace Waybill.Books;

/// <summary>
/// Finds the tenant that a request to a book is about: the visitor's own, or the one that an admin names by a parameter, which is written
/// down. Whoever is a viewer of their tenant only reads.
/// </summary>
public sealed class TenantScopes(TenantBypass bypass)
{
    /// <summary>The scope of a request, or why there is none.</summary>
    public async Task<TenantEntry> EnterAsync(HttpContext context, BookVisitor visitor, TenantDoor door)
    {
        var named = context.Request.Query[door.Parameter].ToString();
        if (named.Length > 0) return await EnterAnotherAsync(context, visitor, door, named);
        if (door.Own is not { } own) return new TenantEntry.NoTenant();
        return visitor.OnlyReadsIn(own) && IsWork(context)
            ? new TenantEntry.ReadOnly()
            : new TenantEntry.Bound(new(own, visitor.Who, own.Value, ActorKind.Member, context.TraceIdentifier));
    }

    async Task<TenantEntry> EnterAnotherAsync(HttpContext context, BookVisitor visitor, TenantDoor door, string named)
    {
        if (!door.IsAdmin) return new TenantEntry.NotAdmin();
        if (!TenantId.TryParse(named, null, out var other) || other == TenantId.Everybody || !await door.ExistsAsync(other))
            return new TenantEntry.NotFound();
        var request = $"{context.Request.Method} {context.Request.Path}";
        return new TenantEntry.Bound(await bypass.EnterAsync(
            other, visitor.Who, door.Own?.Value ?? visitor.Id, door.Book, request, context.TraceIdentifier, context.RequestAborted));
    }

    /// <summary>Whether a request changes something, or asks for a page that is for nothing else.</summary>
    static bool IsWork(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        || context.GetEndpoint()?.Metadata.GetMetadata<WorkPage>() is not null;
}

/// <summary>What a book knows of its tenants when somebody comes.</summary>
/// <param name="Book">The book's name, for the audit.</param>
/// <param name="Parameter">The parameter by which an admin names a tenant, e.g. <c>as_stringer</c>.</param>
/// <param name="Own">The visitor's own tenant; null: they have none in this book.</param>
/// <param name="IsAdmin">Whether they may name another.</param>
/// <param name="ExistsAsync">Whether a named tenant has this book.</param>
public sealed record TenantDoor(string Book, string Parameter, TenantId? Own, bool IsAdmin, Func<TenantId, Task<bool>> ExistsAsync);

/// <summary>What finding the tenant of a request came to.</summary>
public abstract record TenantEntry
{
    private TenantEntry() { }

    /// <summary>It is about this one.</summary>
    public sealed record Bound(TenantScope Scope) : TenantEntry;

    /// <summary>The visitor has no tenant in this book, and names none.</summary>
    public sealed record NoTenant : TenantEntry;

    /// <summary>They name one and are no admin.</summary>
    public sealed record NotAdmin : TenantEntry;

    /// <summary>They name one that is not there.</summary>
    public sealed record NotFound : TenantEntry;

    /// <summary>They are a viewer of their tenant, and would change something.</summary>
    public sealed record ReadOnly : TenantEntry;
}

/// <summary>Marks a page that is a form and nothing else: a viewer has nothing to look for there.</summary>
sealed record WorkPage;

/// <summary>The word by which routes say so.</summary>
public static class WorkPageRoutes
{
    /// <summary>The page is for those who may change something.</summary>
    public static TBuilder ForWork<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new WorkPage());
}
