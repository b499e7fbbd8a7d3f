using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Moderation;

/// <summary>The rows of proposals.</summary>
static class SubmissionRows
{
    static readonly Table<Submission> Table = new Table<Submission>("racketbook_submissions", "stringer_id").Computed<string>(
        nameof(Submission.StringerName),
        "SELECT coalesce(max(s.display_name), '') FROM racketbook_stringers s WHERE s.id = {0}.stringer_id");

    /// <summary>A stringer's own.</summary>
    internal static ValueTask<List<Submission>> ListAsync(
        Session session, StringerScope scope, Guid? after, int limit, CancellationToken cancellationToken) =>
        Table.View.Of(scope.Stringer).NewestAsync(session, Sql.Text("1 = 1"), after, limit, cancellationToken);

    /// <summary>Everybody's, for an admin.</summary>
    internal static ValueTask<List<Submission>> ListAllAsync(
        Session session, bool isPendingOnly, Guid? after, int limit, CancellationToken cancellationToken) =>
        Table.View.OfAll().NewestAsync(session, Sql.Text(isPendingOnly ? "status = 'pending'" : "1 = 1"), after, limit, cancellationToken);

    /// <summary>Anybody's, for an admin.</summary>
    internal static ValueTask<Submission?> FindAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        Table.View.OfAll().FindAsync(session, id, cancellationToken);

    /// <summary>False when the row has an open proposal already.</summary>
    internal static ValueTask<bool> InsertAsync(Session session, Submission submission) =>
        Table.TryInsertAsync(session, submission.Stringer, submission);

    /// <summary>False when it was decided already.</summary>
    internal static async ValueTask<bool> DecideAsync(Session session, Submission decided) => await session.ExecuteAsync(
        $"""
        UPDATE racketbook_submissions
        SET status = {decided.Status}, reviewed_by = {decided.ReviewedBy}, reviewed_at = {decided.ReviewedAt}, notes = {decided.Notes}
        WHERE id = {decided.Id} AND status = 'pending'
        """) == 1;
}
