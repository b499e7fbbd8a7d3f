using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
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
public sealed record BookNotice(
    Guid Id,
    string Kind,
    [property: Column("subject_id")] Guid Subject,
    [property: Column("payload")] string Text,
    DateTimeOffset? ReadAt,
    [property: Column("created_at")] DateTimeOffset At);

/// <summary>The rows of notices.</summary>
static class NoticeRows
{
    /// <summary>What an admin is told of a proposal: nobody else of the admin's tenant is.</summary>
    internal const string Proposed = "catalogue_submission_pending";

    static readonly Table<BookNotice> Table = new("racketbook_notices", "stringer_id");

    internal static ValueTask AppendAsync(Session session, TenantId to, string kind, Guid subject, string text, DateTimeOffset at) =>
        Table.InsertAsync(session, to, new(Guid.CreateVersion7(at), kind, subject, text, ReadAt: null, at));

    internal static ValueTask<List<BookNotice>> ListAsync(
        Session session, StringerScope scope, bool isAdmin, bool isUnreadOnly, int limit, CancellationToken cancellationToken) =>
        Table.View.Of(scope.Stringer).NewestAsync(
            session, $"{Told(isAdmin)} AND {Sql.Text(isUnreadOnly ? "read_at IS NULL" : "1 = 1")}", after: null, limit, cancellationToken);

    /// <summary>Marks one as read, or all.</summary>
    internal static ValueTask<int> ReadAsync(
        Session session, StringerScope scope, bool isAdmin, Guid? id, DateTimeOffset at) => session.ExecuteAsync(
        $"""
        UPDATE racketbook_notices SET read_at = {at}
        WHERE stringer_id = {scope.Stringer} AND ({id} IS NULL OR id = {id}) AND read_at IS NULL AND {Told(isAdmin)}
        """);

    static Sql Told(bool isAdmin) => Sql.Text(isAdmin ? "1 = 1" : $"kind <> '{Proposed}'");
}
