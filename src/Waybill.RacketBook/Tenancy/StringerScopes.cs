using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Tenancy;

/// <summary>
/// Finds whose book a request is about, and whether the visitor may do there what they ask. A person works in the book that is theirs, but for a
/// viewer of its tenant, who reads; an admin names another by <c>?as_stringer=</c>, and each time that is written down.
/// </summary>
public sealed class StringerScopes(IDatabase database, StringerDesk desk, AuditTrail audit)
{
    /// <summary>The parameter by which an admin names a stringer.</summary>
    public const string AsStringer = "as_stringer";

    /// <summary>Who the visitor is in RacketBook.</summary>
    public async Task<StringerAccess> FindAsync(BookVisitor visitor, CancellationToken cancellationToken)
    {
        var (own, isAdmin, isVacant) = await database.ReadAsync(session => FindAsync(session, visitor, cancellationToken), cancellationToken);
        if (isVacant) isAdmin = await desk.SettleAdminAsync(visitor.Who, own!, cancellationToken);
        return new(visitor, own, visitor.IsOperator || isAdmin);
    }

    /// <summary>The book that a request is about, or why there is none.</summary>
    public async Task<ScopeOutcome> EnterAsync(HttpContext context, StringerAccess access)
    {
        var named = context.Request.Query[AsStringer].ToString();
        if (named.Length > 0) return await EnterAnotherAsync(context, access, named);
        if (access.Own is not { } own) return new ScopeOutcome.Refused(403, "no_book", "You have no book in RacketBook; an admin names one by ?as_stringer=.");
        if (own.Status == StringerStatus.Disabled) return new ScopeOutcome.Refused(403, "book_closed", "This book was closed by an admin.");
        return access.IsReader && IsWork(context)
            ? new ScopeOutcome.Refused(403, "read_only", "A viewer reads this book and changes nothing in it. An owner of its tenant can give you another role.")
            : new ScopeOutcome.Bound(new(own.Id, access.Visitor.Who, access.ActorId, ActorKind.Stringer, context.TraceIdentifier), own);
    }

    /// <summary>Whether a request changes something, or asks for a page that is for nothing else.</summary>
    static bool IsWork(HttpContext context) =>
        !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) || context.GetEndpoint()?.Metadata.GetMetadata<WorkPage>() is not null;

    async Task<ScopeOutcome> EnterAnotherAsync(HttpContext context, StringerAccess access, string named)
    {
        if (!access.IsAdmin) return new ScopeOutcome.Refused(403, "admin_only", "Only an admin may name another stringer.");
        if (!TenantId.TryParse(named, null, out var id) || id == TenantId.Everybody || await FindAsync(id, context.RequestAborted) is not { } other)
            return new ScopeOutcome.Refused(404, "not_found", "Stringer not found");
        await audit.NoteAsync(access.Visitor.Who, id, "racketbook.bypass", $"{context.Request.Method} {context.Request.Path} {context.TraceIdentifier}", isDone: true, context.RequestAborted);
        return new ScopeOutcome.Bound(new(id, access.Visitor.Who, access.ActorId, ActorKind.Admin, context.TraceIdentifier), other);
    }

    /// <summary>
    /// Their book; whether they administer; and whether theirs is one whose admin was still to come. A key is an admin's by its scope alone: one
    /// that was made to write a book down opens no other.
    /// </summary>
    static async ValueTask<(Stringer? Own, bool IsAdmin, bool IsVacant)> FindAsync(Session session, BookVisitor visitor, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(session, visitor, cancellationToken);
        if (visitor is not { Who.Person: { } person, Email: { } email }) return (own, false, false);
        var isAdmin = (await AdminRows.OfAsync(session, person.Value, cancellationToken)).Any(stringer => IsAtWork(visitor, stringer));
        var mayBe = !isAdmin && own is { IsAdmin: true, Status: not StringerStatus.Disabled } && IsAtWork(visitor, own.Id) && EmailKey.Of(own.Email) == EmailKey.Of(email);
        return (own, isAdmin, mayBe && await AdminRows.IsVacantAsync(session, own!.Id, cancellationToken));
    }

    static bool IsAtWork(BookVisitor visitor, TenantId stringer) => visitor.RoleIn(stringer) is { } role && role.WorksInBook();

    Task<Stringer?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => StringerRows.FindAsync(session, id, cancellationToken), cancellationToken);

    /// <summary>
    /// The one book among the tenants that they belong to, one to work in before one to read; who runs the instance has theirs by their address too.
    /// </summary>
    static async ValueTask<Stringer?> OwnAsync(Session session, BookVisitor visitor, CancellationToken cancellationToken)
    {
        foreach (var membership in visitor.Memberships.OrderBy(one => !one.Role.WorksInBook()))
            if (await StringerRows.FindAsync(session, membership.Tenant, cancellationToken) is { } own) return own;
        return visitor is { IsOperator: true, Email: { } email } ? await StringerRows.FindAsync(session, email, cancellationToken) : null;
    }
}

/// <summary>What finding a book came to.</summary>
public abstract record ScopeOutcome
{
    private ScopeOutcome() { }

    /// <summary>It is about this one.</summary>
    public sealed record Bound(StringerScope Scope, Stringer Stringer) : ScopeOutcome;

    /// <summary>It is about none.</summary>
    public sealed record Refused(int Status, string Code, string Sentence) : ScopeOutcome;
}
