using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Tenancy;

/// <summary>
/// Finds whose book a request is about, and whether the visitor may do there what they ask. A person works in the book that is theirs, but
/// for a viewer of its tenant, who reads; an admin names another by <c>?as_stringer=</c>, and each time that is written down.
/// </summary>
public sealed class StringerScopes(IDatabase database, StringerDesk desk, TenantScopes scopes)
{
    /// <summary>The parameter by which an admin names a stringer.</summary>
    public const string AsStringer = "as_stringer";

    /// <summary>Who the visitor is in RacketBook.</summary>
    public async Task<StringerAccess> FindAsync(BookVisitor visitor, CancellationToken cancellationToken)
    {
        var (own, isAdmin, isVacant) =
            await database.ReadAsync(session => FindAsync(session, visitor, cancellationToken), cancellationToken);
        if (isVacant) isAdmin = await desk.SettleAdminAsync(visitor.Who, own!, cancellationToken);
        return new(visitor, own, visitor.IsOperator || isAdmin);
    }

    /// <summary>The book that a request is about, or why there is none.</summary>
    public async Task<ScopeOutcome> EnterAsync(HttpContext context, StringerAccess access)
    {
        Stringer? other = null;
        return await scopes.EnterAsync(
            context, access.Visitor, new("racketbook", AsStringer, access.Own?.Id, access.IsAdmin, IsStringerAsync)) switch
        {
            TenantEntry.Bound(var scope) when other is not null => new ScopeOutcome.Bound(new(scope), other),
            TenantEntry.NotAdmin => new ScopeOutcome.Refused(403, "admin_only", "Only an admin may name another stringer."),
            TenantEntry.NotFound => new ScopeOutcome.Refused(404, "not_found", "Stringer not found"),
            TenantEntry.NoTenant =>
                new ScopeOutcome.Refused(403, "no_book", "You have no book in RacketBook; an admin names one by ?as_stringer=."),
            _ when access.Own is { Status: StringerStatus.Disabled } =>
                new ScopeOutcome.Refused(403, "book_closed", "This book was closed by an admin."),
            TenantEntry.ReadOnly => new ScopeOutcome.Refused(
                403, "read_only", "A viewer reads this book and changes nothing in it. An owner of its tenant can give you another role."),
            TenantEntry.Bound(var scope) => new ScopeOutcome.Bound(new(scope), access.Own!),
            var entry => throw new UnreachableException($"No outcome for {entry.GetType().Name}."),
        };

        async Task<bool> IsStringerAsync(TenantId id) =>
            (other =
                await database.ReadAsync(
                    session => StringerRows.FindAsync(session, id, context.RequestAborted), context.RequestAborted)) is not null;
    }

    /// <summary>
    /// Their book; whether they administer; and whether theirs is one whose admin was still to come. A key is an admin's by its scope
    /// alone: one that was made to write a book down opens no other.
    /// </summary>
    static async ValueTask<(Stringer? Own, bool IsAdmin, bool IsVacant)> FindAsync(
        Session session, BookVisitor visitor, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(session, visitor, cancellationToken);
        if (visitor is not { Who.Person: { } person, Email: { } email }) return (own, false, false);
        var isAdmin = (await AdminRows.OfAsync(session, person.Value, cancellationToken)).Any(stringer => visitor.WorksIn(stringer));
        var mayBe = !isAdmin && own is { IsAdmin: true, Status: not StringerStatus.Disabled } && visitor.WorksIn(own.Id)
            && EmailKey.Of(own.Email) == EmailKey.Of(email);
        return (own, isAdmin, mayBe && await AdminRows.IsVacantAsync(session, own!.Id, cancellationToken));
    }

    /// <summary>
    /// The one book among the tenants that they belong to, one to work in before one to read; who runs the instance has theirs by their
    /// address too.
    /// </summary>
    static async ValueTask<Stringer?> OwnAsync(Session session, BookVisitor visitor, CancellationToken cancellationToken)
    {
        foreach (var tenant in visitor.Tenants)
            if (await StringerRows.FindAsync(session, tenant, cancellationToken) is { } own) return own;
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
