using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Rackets;

/// <summary>The rows of strings: a stringer sees their own and those that are shared.</summary>
static class StringRows
{
    const string Columns =
        """
        SELECT id, stringer_id, visibility, maker, model, gauge, source, version, CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END
        FROM racketbook_strings WHERE (stringer_id = $1 OR visibility = 'catalogue_shared')
        """;

    /// <summary>One that the stringer sees, removed ones included.</summary>
    internal static ValueTask<TennisString?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND id = $2", p => p.Id(scope.Stringer.Value).Id(id), Read, cancellationToken);

    /// <summary>One that is in the lists.</summary>
    internal static ValueTask<TennisString?> FindListedAsync(Session session, TenantId stringer, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND id = $2 AND removed_at IS NULL", p => p.Id(stringer.Value).Id(id), Read, cancellationToken);

    internal static ValueTask<List<TennisString>> ListAsync(Session session, StringerScope scope, CatalogueFilter filter, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        {Columns} AND removed_at IS NULL AND ($2 IS NULL OR id < $2)
          AND ($3 IS NULL OR lower(coalesce(maker, '') || ' ' || model) LIKE $3 ESCAPE '!')
        ORDER BY id DESC LIMIT $4
        """,
        p => p.Id(scope.Stringer.Value).Id(filter.After).Text(filter.Pattern).Number(limit),
        Read,
        cancellationToken);

    internal static ValueTask<int> InsertAsync(Session session, TennisString one, DateTimeOffset at) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_strings (id, stringer_id, visibility, maker, model, gauge, source, version, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)
        """,
        p => p.Id(one.Id).Id(one.CreatedBy.Value).Text(one.Visibility.Word()).Text(one.Maker).Text(one.Model).Text(one.Gauge)
            .Text(one.IsImported ? "imported" : "manual").Instant(at),
        CancellationToken.None);

    /// <summary>Only what the stringer wrote down and is not shared; false when that is not so, or somebody else changed it since it was read.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, StringerScope scope, TennisString one) => await session.ExecuteAsync(
        """
        UPDATE racketbook_strings SET maker = $3, model = $4, gauge = $5, version = version + 1
        WHERE stringer_id = $1 AND id = $2 AND version = $6 AND removed_at IS NULL AND visibility <> 'catalogue_shared'
        """,
        p => p.Id(scope.Stringer.Value).Id(one.Id).Text(one.Maker).Text(one.Model).Text(one.Gauge).Number(one.Version),
        CancellationToken.None) == 1;

    internal static async ValueTask<bool> RemoveAsync(Session session, StringerScope scope, Guid id, DateTimeOffset at) => await session.ExecuteAsync(
        """
        UPDATE racketbook_strings SET removed_at = $3, version = version + 1
        WHERE stringer_id = $1 AND id = $2 AND removed_at IS NULL AND visibility <> 'catalogue_shared'
        """,
        p => p.Id(scope.Stringer.Value).Id(id).Instant(at),
        CancellationToken.None) == 1;

    /// <summary>From a proposal into the catalogue of all; false when it is there already, or gone.</summary>
    internal static async ValueTask<bool> ShareAsync(Session session, Guid id) => await session.ExecuteAsync(
        "UPDATE racketbook_strings SET visibility = 'catalogue_shared', version = version + 1 WHERE id = $1 AND visibility <> 'catalogue_shared' AND removed_at IS NULL",
        p => p.Id(id),
        CancellationToken.None) == 1;

    static TennisString Read(Row row) => new()
    {
        Id = row.Id(0),
        CreatedBy = new(row.Id(1)),
        Visibility = Visibilities.Find(row.Text(2))!.Value,
        Maker = row.TextOrNull(3),
        Model = row.Text(4),
        Gauge = row.TextOrNull(5),
        IsImported = row.Text(6) == "imported",
        Version = row.Count(7),
        IsRemoved = row.Number(8) == 1,
    };
}
