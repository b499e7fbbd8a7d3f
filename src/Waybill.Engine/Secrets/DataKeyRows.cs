using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>One of the data keys as it is kept.</summary>
/// <param name="Id">What the values that it sealed begin with.</param>
/// <param name="Purpose"><see cref="Seals"/> or <see cref="Derives"/>.</param>
/// <param name="State"><see cref="Coming"/>, <see cref="Current"/> or <see cref="Old"/>.</param>
/// <param name="MasterId">The master key that opens the box.</param>
/// <param name="Box">The key.</param>
internal sealed record DataKeyRow(byte[] Id, string Purpose, string State, byte[] MasterId, byte[] Box)
{
    public const string Seals = "seal", Derives = "derive";
    public const string Coming = "coming", Current = "current", Old = "old";

    public bool IsComing => State == Coming;

    public bool IsSealedBy(SealingKey master) => MasterId.AsSpan().SequenceEqual(master.Id);

    public static DataKeyRow Of(SealingKey key, string purpose, string state, SealingKey master) =>
        new(key.Id, purpose, state, master.Id, master.Seal(key.Bytes, Context(key.Id)));

    /// <summary>The key; null: these master keys do not open it.</summary>
    public SealingKey? Open(MasterKey master) => SealingKey.TryOpen(master.Keys, Box, Context(Id)) is { } bytes ? new(bytes) : null;

    static string Context(byte[] id) => $"data key {Convert.ToHexStringLower(id)}";
}

/// <summary>The statements of data keys.</summary>
internal static class DataKeyRows
{
    public static ValueTask<List<DataKeyRow>> AllAsync(Session session, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT id, purpose, state, master_id, box FROM data_keys ORDER BY since DESC, id",
        _ => { },
        row => new DataKeyRow(row.Bytes(0), row.Text(1), row.Text(2), row.Bytes(3), row.Bytes(4)),
        cancellationToken);

    /// <summary>1; 0 when another node was first.</summary>
    public static ValueTask<int> AddAsync(Session session, DataKeyRow key, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO data_keys (id, purpose, state, master_id, box, created_at, since) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING
        """,
        p => p.Bytes(key.Id).Text(key.Purpose).Text(key.State).Bytes(key.MasterId).Bytes(key.Box).Instant(now).Instant(now),
        CancellationToken.None);

    /// <summary>This key seals from now on, and every key is under the newest master key. False: it was not coming any more.</summary>
    public static async ValueTask<bool> ActivateAsync(Session session, DataKeyRow coming, MasterKey master, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            UPDATE data_keys SET state = 'old', since = $1
            WHERE purpose = 'seal' AND state = 'current' AND EXISTS (SELECT 1 FROM data_keys c WHERE c.id = $2 AND c.state = 'coming')
            """,
            p => p.Instant(now).Bytes(coming.Id),
            CancellationToken.None);
        var came = await session.ExecuteAsync(
            "UPDATE data_keys SET state = 'current', since = $1 WHERE id = $2 AND state = 'coming'",
            p => p.Instant(now).Bytes(coming.Id),
            CancellationToken.None);
        if (came == 0) return false;
        foreach (var row in (await AllAsync(session, CancellationToken.None)).Where(row => !row.IsSealedBy(master.Newest)))
        {
            var key = row.Open(master)
                ?? throw new WrongMasterKeyException("A data key is under a master key that is not here; nothing was changed.");
            var anew = DataKeyRow.Of(key, row.Purpose, row.State, master.Newest);
            await session.ExecuteAsync(
                "UPDATE data_keys SET box = $1, master_id = $2 WHERE id = $3",
                p => p.Bytes(anew.Box).Bytes(anew.MasterId).Bytes(row.Id),
                CancellationToken.None);
        }

        return true;
    }

    /// <summary>It never came.</summary>
    public static ValueTask<int> WithdrawAsync(Session session, DataKeyRow coming) =>
        session.ExecuteAsync("DELETE FROM data_keys WHERE id = $1 AND state = 'coming'", p => p.Bytes(coming.Id), CancellationToken.None);

    public static ValueTask<int> ForgetRefusalsAsync(Session session) =>
        session.ExecuteAsync("DELETE FROM data_key_refusals", _ => { }, CancellationToken.None);

    /// <summary>The nodes that cannot open a key that is coming.</summary>
    public static async ValueTask<IReadOnlyList<string>> RefusalsAsync(Session session, byte[] key, CancellationToken cancellationToken) =>
        await session.QueryAsync(
            "SELECT node FROM data_key_refusals WHERE key_id = $1 ORDER BY node", p => p.Bytes(key), row => row.Text(0), cancellationToken);

    /// <summary>
    /// Removes keys that have not sealed for a day and that nothing is left of: a node that was asleep may still write what it sealed
    /// before.
    /// </summary>
    public static async Task ForgetUnusedAsync(IDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = await database.ReadAsync(
            session => session.QueryAsync(
                "SELECT id FROM data_keys WHERE state = 'old' AND since < $1",
                p => p.Instant(now.AddDays(-1)),
                row => row.Bytes(0),
                cancellationToken),
            cancellationToken);
        foreach (var id in old)
        {
            if (await database.ReadAsync(session => IsUsedAsync(session, id, cancellationToken), cancellationToken)) continue;
            await database.WriteAsync(
                "forget data key",
                session => session.ExecuteAsync(
                    "DELETE FROM data_keys WHERE id = $1 AND state = 'old'", p => p.Bytes(id), CancellationToken.None),
                cancellationToken);
        }
    }

    static async ValueTask<bool> IsUsedAsync(Session session, byte[] id, CancellationToken cancellationToken)
    {
        foreach (var place in SealedPlace.All)
            if (await place.HasAnyOfAsync(session, id, cancellationToken)) return true;
        return false;
    }
}
