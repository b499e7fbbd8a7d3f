using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Moderation;

/// <summary>The rows of proposals.</summary>
static class SubmissionRows
{
    const string Columns =
        """
        SELECT u.id, u.kind, u.row_id, u.stringer_id, s.display_name, u.label, u.status, u.reviewed_by, u.reviewed_at, u.notes, u.created_at
        FROM racketbook_submissions u JOIN racketbook_stringers s ON s.id = u.stringer_id
        """;

    /// <summary>A stringer's own.</summary>
    internal static ValueTask<List<Submission>> ListAsync(Session session, StringerScope scope, Guid? after, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"{Columns} WHERE u.stringer_id = $1 AND ($2 IS NULL OR u.id < $2) ORDER BY u.id DESC LIMIT $3",
        p => p.Id(scope.Stringer.Value).Id(after).Number(limit),
        Read,
        cancellationToken);

    /// <summary>Everybody's, for an admin.</summary>
    internal static ValueTask<List<Submission>> ListAllAsync(Session session, bool isPendingOnly, Guid? after, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"{Columns} WHERE ($1 = 0 OR u.status = 'pending') AND ($2 IS NULL OR u.id < $2) ORDER BY u.id DESC LIMIT $3",
        p => p.Number(isPendingOnly ? 1 : 0).Id(after).Number(limit),
        Read,
        cancellationToken);

    /// <summary>Anybody's, for an admin.</summary>
    internal static ValueTask<Submission?> FindAsync(Session session, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} WHERE u.id = $1", p => p.Id(id), Read, cancellationToken);

    /// <summary>False when the row has an open proposal already.</summary>
    internal static async ValueTask<bool> InsertAsync(Session session, Submission submission) => await session.ExecuteAsync(
        """
        INSERT INTO racketbook_submissions (id, kind, row_id, stringer_id, label, status, created_at) VALUES ($1, $2, $3, $4, $5, 'pending', $6)
        ON CONFLICT DO NOTHING
        """,
        p => p.Id(submission.Id).Text(submission.Kind.Word()).Id(submission.Row).Id(submission.Stringer.Value).Text(submission.Label).Instant(submission.CreatedAt),
        CancellationToken.None) == 1;

    /// <summary>False when it was decided already.</summary>
    internal static async ValueTask<bool> DecideAsync(Session session, Submission decided) => await session.ExecuteAsync(
        "UPDATE racketbook_submissions SET status = $2, reviewed_by = $3, reviewed_at = $4, notes = $5 WHERE id = $1 AND status = 'pending'",
        p => p.Id(decided.Id).Text(decided.Status == SubmissionStatus.Promoted ? "promoted" : "rejected").Text(decided.ReviewedBy)
            .Instant(decided.ReviewedAt).Text(decided.Notes),
        CancellationToken.None) == 1;

    static Submission Read(Row row) => new()
    {
        Id = row.Id(0),
        Kind = CatalogueKinds.Find(row.Text(1))!.Value,
        Row = row.Id(2),
        Stringer = new(row.Id(3)),
        StringerName = row.Text(4),
        Label = row.Text(5),
        Status = Enum.Parse<SubmissionStatus>(row.Text(6), ignoreCase: true),
        ReviewedBy = row.TextOrNull(7),
        ReviewedAt = row.InstantOrNull(8),
        Notes = row.TextOrNull(9),
        CreatedAt = row.Instant(10),
    };
}
