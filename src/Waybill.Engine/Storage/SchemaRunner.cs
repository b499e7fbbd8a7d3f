using System.Security.Cryptography;

namespace Waybill.Engine.Storage;

/// <summary>
/// Brings a database to the schema of this program: each numbered script once, in its own transaction, recorded with its hash. On
/// PostgreSQL an advisory lock lets several nodes start at once; on SQLite the instance lock has already made us the only one.
/// </summary>
public sealed class SchemaRunner(IDatabase database, TimeProvider clock)
{
    /// <summary>Runs what is missing and returns the names of the scripts that ran.</summary>
    /// <exception cref="SchemaMismatchException">A script that ran here once reads differently now, or the database is newer than we
    /// are.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        await database.WriteAsync("schema_version", CreateVersionsAsync, cancellationToken);
        var ran = new List<string>();
        foreach (var script in scripts)
        {
            if (await database.WriteAsync(script.Name, session => ApplyAsync(session, script), cancellationToken)) ran.Add(script.Name);
        }

        await RefuseNewerAsync(scripts, cancellationToken);
        return ran;
    }

    ValueTask<int> CreateVersionsAsync(Session session) => RunAloneAsync(session, SchemaDialect.Of(database.Provider).Render(
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            module text NOT NULL, number bigint NOT NULL, sha256 {bytes} NOT NULL, at {instant} NOT NULL, PRIMARY KEY (module, number))
        """));

    async ValueTask<bool> ApplyAsync(Session session, SchemaScript script)
    {
        await LockAsync(session);
        var applied = await session.FirstAsync(
            "SELECT sha256 FROM schema_version WHERE module = $1 AND number = $2",
            p => p.Text(script.Module).Number(script.Number),
            row => row.Bytes(0),
            CancellationToken.None);
        if (applied is not null) return Unchanged(script, applied);

        await session.ExecuteAsync(script.Sql, _ => { }, CancellationToken.None);
        await session.ExecuteAsync(
            "INSERT INTO schema_version (module, number, sha256, at) VALUES ($1, $2, $3, $4)",
            p => p.Text(script.Module).Number(script.Number).Bytes(script.Hash).Instant(clock.GetUtcNow()),
            CancellationToken.None);
        return true;
    }

    static bool Unchanged(SchemaScript script, byte[] applied) => CryptographicOperations.FixedTimeEquals(applied, script.Hash)
        ? false
        : throw new SchemaMismatchException(
            $"The schema script {script.Module}/{script.Name} is not the one that this database was made with.");

    async ValueTask<int> RunAloneAsync(Session session, string sql)
    {
        await LockAsync(session);
        return await session.ExecuteAsync(sql, _ => { }, CancellationToken.None);
    }

    /// <summary>Held to the end of the transaction; the number is ours, arbitrary and fixed.</summary>
    async ValueTask LockAsync(Session session)
    {
        if (database.Provider == "postgres")
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock(7829345601)", _ => { }, CancellationToken.None);
    }

    async Task RefuseNewerAsync(IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        foreach (var module in scripts.GroupBy(script => script.Module, StringComparer.Ordinal))
        {
            var newest = await database.ReadAsync(
                session => session.FirstAsync(
                    "SELECT max(number) FROM schema_version WHERE module = $1", p => p.Text(module.Key), row => row.Count(0),
                    cancellationToken),
                cancellationToken);
            if (newest > module.Max(script => script.Number))
                throw new SchemaMismatchException(
                    $"This database was used by a newer Waybill (schema {module.Key}/{newest}). Start that version, or restore a backup.");
        }
    }
}
