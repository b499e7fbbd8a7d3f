using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Notices;

/// <summary>Something that a stringer is told on their dashboard, written in the unit that it tells of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">E.g. <c>order_strung</c>.</param>
/// <param name="Subject">The order or the proposal.</param>
/// <param name="Text">What it is called: a receipt number, a racket.</param>
/// <param name="ReadAt">When it was read; null: it was not.</param>
/// <param name="At">When it happened.</param>
public sealed record BookNotice(Guid Id, string Kind, Guid Subject, string Text, DateTimeOffset? ReadAt, DateTimeOffset At);

/// <summary>The rows of notices.</summary>
static class NoticeRows
{
    /// <summary>What an admin is told of a proposal: nobody else of the admin's tenant is.</summary>
    internal const string Proposed = "catalogue_submission_pending";

    internal static ValueTask<int> AppendAsync(Session session, TenantId to, string kind, Guid subject, string text, DateTimeOffset at) => session.ExecuteAsync(
        "INSERT INTO racketbook_notices (id, stringer_id, kind, subject_id, payload, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        p => p.Id(Guid.CreateVersion7(at)).Id(to.Value).Text(kind).Id(subject).Text(text).Instant(at),
        CancellationToken.None);

    internal static ValueTask<List<BookNotice>> ListAsync(Session session, StringerScope scope, bool isAdmin, bool isUnreadOnly, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        """
        SELECT id, kind, subject_id, payload, read_at, created_at FROM racketbook_notices
        WHERE stringer_id = $1 AND ($2 = 0 OR read_at IS NULL) AND ($4 = 1 OR kind <> $5) ORDER BY id DESC LIMIT $3
        """,
        p => p.Id(scope.Stringer.Value).Number(isUnreadOnly ? 1 : 0).Number(limit).Number(isAdmin ? 1 : 0).Text(Proposed),
        row => new BookNotice(row.Id(0), row.Text(1), row.Id(2), row.Text(3), row.InstantOrNull(4), row.Instant(5)),
        cancellationToken);

    /// <summary>Marks one as read, or all.</summary>
    internal static ValueTask<int> ReadAsync(Session session, StringerScope scope, bool isAdmin, Guid? id, DateTimeOffset at) => session.ExecuteAsync(
        "UPDATE racketbook_notices SET read_at = $3 WHERE stringer_id = $1 AND ($2 IS NULL OR id = $2) AND read_at IS NULL AND ($4 = 1 OR kind <> $5)",
        p => p.Id(scope.Stringer.Value).Id(id).Instant(at).Number(isAdmin ? 1 : 0).Text(Proposed),
        CancellationToken.None);
}
