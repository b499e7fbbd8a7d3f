using Microsoft.AspNetCore.Http;
using Waybill.Engine.Accounts;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Stringers;
using Waybill.Screens.Books;

namespace Waybill.RacketBook.Tenancy;

/// <summary>
/// Finds whose book a request is about. A person works in the one that is theirs; an admin names another by <c>?as_stringer=</c>, and each time
/// that is written down.
/// </summary>
public sealed class Seating(IDatabase database, AuditTrail audit)
{
    /// <summary>The parameter by which an admin names a stringer.</summary>
    public const string AsStringer = "as_stringer";

    /// <summary>Where the visitor sits.</summary>
    public async Task<Seat> FindAsync(BookVisitor visitor, CancellationToken cancellationToken)
    {
        var own = await database.ReadAsync(session => OwnAsync(session, visitor, cancellationToken), cancellationToken);
        // A key is an admin's by its scope alone: one that was made to write a book down opens no other.
        return new(visitor, own, visitor.IsOperator || (visitor.Email is not null && own is { IsAdmin: true, Status: not StringerStatus.Disabled }));
    }

    /// <summary>The book that a request is about, or why there is none.</summary>
    public async Task<Seated> SitAsync(HttpContext context, Seat seat)
    {
        var named = context.Request.Query[AsStringer].ToString();
        if (named.Length > 0) return await SitElsewhereAsync(context, seat, named);
        if (seat.Own is not { } own) return new Seated.Refused(403, "no_book", "You have no book in RacketBook; an admin names one by ?as_stringer=.");
        return own.Status == StringerStatus.Disabled
            ? new Seated.Refused(403, "book_closed", "This book was closed by an admin.")
            : new Seated.Bound(new(own.Id, seat.Visitor.Who, seat.ActorId, ActorKind.Stringer, context.TraceIdentifier), own);
    }

    async Task<Seated> SitElsewhereAsync(HttpContext context, Seat seat, string named)
    {
        if (!seat.IsAdmin) return new Seated.Refused(403, "admin_only", "Only an admin may name another stringer.");
        if (!TenantId.TryParse(named, null, out var id) || id == TenantId.Everybody || await FindAsync(id, context.RequestAborted) is not { } other)
            return new Seated.Refused(404, "not_found", "Stringer not found");
        await audit.NoteAsync(seat.Visitor.Who, id, "racketbook.bypass", $"{context.Request.Method} {context.Request.Path} {context.TraceIdentifier}", isDone: true, context.RequestAborted);
        return new Seated.Bound(new(id, seat.Visitor.Who, seat.ActorId, ActorKind.Admin, context.TraceIdentifier), other);
    }

    Task<Stringer?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => StringerRows.FindAsync(session, id, cancellationToken), cancellationToken);

    /// <summary>The one book among the tenants that they belong to; who runs the instance has theirs by their address too.</summary>
    static async ValueTask<Stringer?> OwnAsync(Session session, BookVisitor visitor, CancellationToken cancellationToken)
    {
        foreach (var tenant in visitor.Tenants)
            if (await StringerRows.FindAsync(session, tenant, cancellationToken) is { } own) return own;
        return visitor is { IsOperator: true, Email: { } email } ? await StringerRows.FindAsync(session, email, cancellationToken) : null;
    }
}

/// <summary>What finding a book came to.</summary>
public abstract record Seated
{
    private Seated() { }

    /// <summary>It is about this one.</summary>
    public sealed record Bound(Bench Bench, Stringer Stringer) : Seated;

    /// <summary>It is about none.</summary>
    public sealed record Refused(int Status, string Code, string Sentence) : Seated;
}
