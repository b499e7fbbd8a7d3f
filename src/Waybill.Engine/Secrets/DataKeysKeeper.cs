using Waybill.Engine.Duties;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>Brings this node's data keys up to what the database has, and tells of one that is coming and cannot be opened here.</summary>
public sealed class DataKeysKeeper(IDatabase database, MasterKeyPlace place, DataKeys keys, TimeProvider clock)
{
    readonly string node = Node.NewName();

    /// <summary>Where another node changes keys, each asks at least so often.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the keys, and the master key too when one of them is new.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var rows = (await database.ReadAsync(session => DataKeyRows.AllAsync(session, cancellationToken), cancellationToken))
            .Where(row => row.Purpose == DataKeyRow.Seals).OrderBy(row => row.State != DataKeyRow.Current).ToList();
        var held = keys.Held;
        if (rows.Count == 0 || rows.Select(row => Name(row.Id)).SequenceEqual(held.Select(key => Name(key.Id)), StringComparer.Ordinal))
            return;
        var master = rows.TrueForAll(row => Find(held, row) is not null) ? null : TryRead();
        var opened = rows.ConvertAll(row => (Row: row, Key: Find(held, row) ?? (master is null ? null : row.Open(master))));
        foreach (var (row, _) in opened.Where(one => one is { Key: null, Row.IsComing: true })) await RefuseAsync(row, cancellationToken);
        if (opened[0].Key is not null) keys.Replace([.. opened.Where(one => one.Key is not null).Select(one => one.Key!)]);
    }

    static string Name(byte[] id) => Convert.ToHexStringLower(id);

    static SealingKey? Find(IReadOnlyList<SealingKey> held, DataKeyRow row) =>
        held.FirstOrDefault(key => key.Id.AsSpan().SequenceEqual(row.Id));

    MasterKey? TryRead()
    {
        try
        {
            return place.Read();
        }
        catch (WrongMasterKeyException)
        {
            return null;
        }
    }

    Task<int> RefuseAsync(DataKeyRow row, CancellationToken cancellationToken) => database.WriteAsync(
        "refuse data key",
        session => session.ExecuteAsync(
            """
            INSERT INTO data_key_refusals (node, key_id, at) VALUES ($1, $2, $3)
            ON CONFLICT (node, key_id) DO UPDATE SET at = EXCLUDED.at
            """,
            p => p.Text(node).Bytes(row.Id).Instant(clock.GetUtcNow()),
            CancellationToken.None),
        cancellationToken);
}
