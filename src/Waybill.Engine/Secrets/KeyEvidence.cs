using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>What a database says about its master key before anything is written to it, whatever version wrote it.</summary>
internal abstract record KeyEvidence
{
    /// <summary>Of each kind so many are tried, the newest: others may be from a key that was lost long ago.</summary>
    const int Tried = 5;

    const int ScriptOfTheChain = 10, ScriptOfDataKeys = 16;

    private KeyEvidence() { }

    /// <summary>There is no database yet.</summary>
    public sealed record Nothing : KeyEvidence;

    /// <summary>It has data keys.</summary>
    public sealed record Kept(IReadOnlyList<DataKeyRow> Keys) : KeyEvidence;

    /// <summary>It is from before there were any; this is what was sealed, and whether there is an audit under a key.</summary>
    public sealed record Before(IReadOnlyList<SealedRow> Values, bool HasChain) : KeyEvidence
    {
        public bool IsAny => Values.Count > 0 || HasChain;
    }

    public static Task<KeyEvidence> ReadAsync(IDatabase database, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReadAsync(session, database.Provider, cancellationToken), cancellationToken);

    static async ValueTask<KeyEvidence> ReadAsync(Session session, string provider, CancellationToken cancellationToken)
    {
        var hasSchema = provider == "sqlite"
            ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'"
            : "SELECT count(to_regclass('schema_version'))";
        if (await session.FirstAsync(hasSchema, _ => { }, row => row.Number(0), cancellationToken) == 0) return new Nothing();
        var scripts = (await session.QueryAsync(
            "SELECT number FROM schema_version WHERE module = 'engine'", _ => { }, row => row.Number(0), cancellationToken)).ToHashSet();
        if (scripts.Count == 0) return new Nothing();
        return scripts.Contains(ScriptOfDataKeys) && await DataKeyRows.AllAsync(session, cancellationToken) is { Count: > 0 } keys
            ? new Kept(keys)
            : await BeforeAsync(session, scripts, cancellationToken);
    }

    static async ValueTask<KeyEvidence> BeforeAsync(Session session, HashSet<long> scripts, CancellationToken cancellationToken)
    {
        var values = new List<SealedRow>();
        foreach (var place in SealedPlace.All.Where(place => scripts.Contains(place.Script)))
            values.AddRange(await place.NewestAsync(session, Tried, cancellationToken));
        return new Before(values, scripts.Contains(ScriptOfTheChain) && await HasChainAsync(session, cancellationToken));
    }

    static async ValueTask<bool> HasChainAsync(Session session, CancellationToken cancellationToken) =>
        await session.FirstAsync("SELECT count(*) FROM audit_head", _ => { }, row => row.Number(0), cancellationToken) > 0;
}
