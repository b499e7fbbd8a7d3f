using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Rackets;

/// <summary>The rows of rackets: a stringer sees their own and those that are shared.</summary>
static class RacketRows
{
    const string Columns =
        """
        SELECT id, stringer_id, visibility, owner_client_id, maker, model, head_size, pattern, serial, source, version,
               CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END
        FROM racketbook_rackets WHERE (stringer_id = $1 OR visibility = 'catalogue_shared')
        """;

    /// <summary>One that the stringer sees, removed ones included.</summary>
    internal static ValueTask<Racket?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND id = $2", p => p.Id(scope.Stringer.Value).Id(id), Read, cancellationToken);

    /// <summary>One that is in the lists.</summary>
    internal static ValueTask<Racket?> FindListedAsync(Session session, TenantId stringer, Guid id, CancellationToken cancellationToken) =>
        session.FirstAsync($"{Columns} AND id = $2 AND removed_at IS NULL", p => p.Id(stringer.Value).Id(id), Read, cancellationToken);

    internal static ValueTask<List<Racket>> ListAsync(Session session, StringerScope scope, CatalogueFilter filter, int limit, CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        {Columns} AND removed_at IS NULL AND ($2 IS NULL OR id < $2)
          AND ($3 IS NULL OR lower(coalesce(maker, '') || ' ' || model || ' ' || coalesce(serial, '')) LIKE $3 ESCAPE '!')
        ORDER BY id DESC LIMIT $4
        """,
        p => p.Id(scope.Stringer.Value).Id(filter.After).Text(filter.Pattern).Number(limit),
        Read,
        cancellationToken);

    internal static ValueTask<int> InsertAsync(Session session, Racket racket, DateTimeOffset at) => session.ExecuteAsync(
        """
        INSERT INTO racketbook_rackets
            (id, stringer_id, visibility, owner_client_id, maker, model, head_size, pattern, serial, source, version, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11)
        """,
        p => p.Id(racket.Id).Id(racket.CreatedBy.Value).Text(racket.Visibility.Word()).Id(racket.OwnerClient).Text(racket.Maker).Text(racket.Model)
            .Number(Scaled.Store(racket.HeadSize)).Text(racket.Pattern).Text(racket.Serial).Text(racket.IsImported ? "imported" : "manual").Instant(at),
        CancellationToken.None);

    /// <summary>Only what the stringer wrote down and is not shared; false when that is not so, or somebody else changed it since it was read.</summary>
    internal static async ValueTask<bool> UpdateAsync(Session session, StringerScope scope, Racket racket) => await session.ExecuteAsync(
        """
        UPDATE racketbook_rackets SET visibility = $3, owner_client_id = $4, maker = $5, model = $6, head_size = $7, pattern = $8, serial = $9, version = version + 1
        WHERE stringer_id = $1 AND id = $2 AND version = $10 AND removed_at IS NULL AND visibility <> 'catalogue_shared'
        """,
        p => p.Id(scope.Stringer.Value).Id(racket.Id).Text(racket.Visibility.Word()).Id(racket.OwnerClient).Text(racket.Maker).Text(racket.Model)
            .Number(Scaled.Store(racket.HeadSize)).Text(racket.Pattern).Text(racket.Serial).Number(racket.Version),
        CancellationToken.None) == 1;

    internal static async ValueTask<bool> RemoveAsync(Session session, StringerScope scope, Guid id, DateTimeOffset at) => await session.ExecuteAsync(
        """
        UPDATE racketbook_rackets SET removed_at = $3, version = version + 1
        WHERE stringer_id = $1 AND id = $2 AND removed_at IS NULL AND visibility <> 'catalogue_shared'
        """,
        p => p.Id(scope.Stringer.Value).Id(id).Instant(at),
        CancellationToken.None) == 1;

    /// <summary>From a proposal into the catalogue of all; false when it is there already, or gone.</summary>
    internal static async ValueTask<bool> ShareAsync(Session session, Guid id) => await session.ExecuteAsync(
        "UPDATE racketbook_rackets SET visibility = 'catalogue_shared', owner_client_id = NULL, version = version + 1 WHERE id = $1 AND visibility <> 'catalogue_shared' AND removed_at IS NULL",
        p => p.Id(id),
        CancellationToken.None) == 1;

    static Racket Read(Row row) => new()
    {
        Id = row.Id(0),
        CreatedBy = new(row.Id(1)),
        Visibility = Visibilities.Find(row.Text(2))!.Value,
        OwnerClient = row.IdOrNull(3),
        Maker = row.TextOrNull(4),
        Model = row.Text(5),
        HeadSize = Scaled.Read(row.NumberOrNull(6)),
        Pattern = row.TextOrNull(7),
        Serial = row.TextOrNull(8),
        IsImported = row.Text(9) == "imported",
        Version = row.Count(10),
        IsRemoved = row.Number(11) == 1,
    };
}

/// <summary>Which rackets or strings.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="Words">Within maker, model or serial.</param>
public sealed record CatalogueFilter(Guid? After = null, string? Words = null)
{
    internal string? Pattern => string.IsNullOrWhiteSpace(Words) ? null : Sought.Within(Words.ToLowerInvariant());
}
