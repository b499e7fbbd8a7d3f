using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>
/// Brings a database and its master key together at a start. A database that knows a key opens with no other; one that knows none takes the
/// one that is there, or has one made.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="place">Where its master key is.</param>
/// <param name="isChainUnder">Whether the audit is chained, and its newest row under these keys.</param>
/// <param name="clock">When keys are made.</param>
public sealed class Unlocking(
    IDatabase database, MasterKeyPlace place, Func<DataKeys, CancellationToken, Task<bool>> isChainUnder, TimeProvider clock)
{
    bool isNew;

    /// <summary>Asks the database before anything is written to it, its schema included.</summary>
    /// <exception cref="WrongMasterKeyException">The master key is missing, or another.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _ = place.Read(); // one that cannot be used is told of before anything else
        var evidence = await KeyEvidence.ReadAsync(database, cancellationToken);
        isNew = evidence is KeyEvidence.Nothing;
        if (evidence is KeyEvidence.Kept(var keys)) _ = Open(keys) ?? throw Refusal();
        if (evidence is KeyEvidence.Before { IsAny: true } before) await ProveAsync(before, cancellationToken);
    }

    /// <summary>Opens the keys of a database that has come to our schema; makes them when it has none.</summary>
    /// <exception cref="WrongMasterKeyException">The master key is another, or another node was first to begin with a key of its
    /// own.</exception>
    public async Task<DataKeys> OpenAsync(CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(cancellationToken);
        var made = keys.Count == 0 ? await BeginAsync(cancellationToken) : null;
        if (keys.Count == 0) keys = await ReadAsync(cancellationToken);
        var opened = Open(keys);
        opened?.Draft?.Settle();
        if (made is not null && made.Path != opened?.Draft?.Path) made.Discard();
        return opened?.Keys ?? throw Refusal();
    }

    /// <summary>The keys under this master key; null: it does not open them. One that is coming may be under another.</summary>
    internal static DataKeys? Open(IReadOnlyList<DataKeyRow> rows, MasterKey master)
    {
        var opened = rows.Select(row => (Row: row, Key: row.Open(master))).ToList();
        if (opened.Any(one => one is { Key: null, Row.IsComing: false })) return null;
        var root = opened.Find(one => one.Row is { Purpose: DataKeyRow.Derives, State: DataKeyRow.Current }).Key;
        var seal = opened.Where(one => one is { Key: not null, Row.Purpose: DataKeyRow.Seals })
            .OrderBy(one => one.Row.State != DataKeyRow.Current).ToList();
        return root is null || seal is not [{ Row.State: DataKeyRow.Current }, ..]
            ? null
            : new(root.Bytes, [.. seal.Select(one => one.Key!)]);
    }

    /// <summary>What was sealed before there were data keys opens with the master key itself, or the audit was chained under it.</summary>
    async Task ProveAsync(KeyEvidence.Before before, CancellationToken cancellationToken)
    {
        var master = place.Read() ?? throw Refusal();
        if (before.Values.Any(value => SealingKey.TryOpen(master.Keys, value.Box, value.Context) is not null)) return;
        if (before.HasChain && await isChainUnder(DataKeys.FromMaster(master), cancellationToken)) return;
        throw Refusal();
    }

    Task<List<DataKeyRow>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => DataKeyRows.AllAsync(session, cancellationToken), cancellationToken);

    /// <summary>
    /// Of several nodes that begin at once one is first; the others find its keys. The master key is on disk before the database takes it,
    /// and has its own name after that: between the two nothing is lost.
    /// </summary>
    async Task<MasterKeyDraft?> BeginAsync(CancellationToken cancellationToken)
    {
        var found = place.Read();
        var draft = found is null ? (place.Drafts() is [var left, ..] ? left : place.Make()) : null;
        var rows = isNew ? New((found ?? draft!.Key).Newest) : Adopted(found ?? draft!.Key);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            "keep data keys",
            async session =>
            {
                if (await DataKeyRows.AddAsync(session, rows[0], now) == 0) return false;
                foreach (var row in rows.Skip(1)) await DataKeyRows.AddAsync(session, row, now);
                return true;
            },
            cancellationToken);
        return draft;
    }

    static DataKeyRow[] New(SealingKey master) =>
    [
        DataKeyRow.Of(SealingKey.New(), DataKeyRow.Derives, DataKeyRow.Current, master),
        DataKeyRow.Of(SealingKey.New(), DataKeyRow.Seals, DataKeyRow.Current, master),
    ];

    /// <summary>Links in mails and the audit go on; what the master keys sealed themselves is opened with them as old data keys.</summary>
    static DataKeyRow[] Adopted(MasterKey master) =>
    [
        DataKeyRow.Of(new SealingKey(DataKeys.RootOf(master)), DataKeyRow.Derives, DataKeyRow.Current, master.Newest),
        DataKeyRow.Of(SealingKey.New(), DataKeyRow.Seals, DataKeyRow.Current, master.Newest),
        .. master.Keys.Select(key => DataKeyRow.Of(key, DataKeyRow.Seals, DataKeyRow.Old, master.Newest)),
    ];

    /// <summary>
    /// With the key that is there; where there is none, with one that was made for this database and has not got its name yet.
    /// </summary>
    (DataKeys Keys, MasterKeyDraft? Draft)? Open(IReadOnlyList<DataKeyRow> rows)
    {
        if (place.Read() is not { } master)
        {
            foreach (var draft in place.Drafts())
                if (Open(rows, draft.Key) is { } keys) return (keys, draft);
            master = place.Read(); // a node beside us may have given its draft the name meanwhile
        }

        return master is not null && Open(rows, master) is { } opened ? (opened, null) : null;
    }

    WrongMasterKeyException Refusal() => new(place.File is not { } file
        ? "WAYBILL_MASTER_KEY is not the master key of this database. Set it to the right one: nothing else opens what is sealed here. "
            + "Nothing was changed."
        : place.Read() is null
            ? $"Secrets:KeyPath: the master key '{file}' is missing, and this database was sealed with one. Put it back from where you "
                + $"keep it, or point Secrets:KeyPath "
              + "at its folder: nothing else opens what is sealed here. Nothing was changed."
            : $"Secrets:KeyPath: the master key '{file}' is not the one of this database. Put the right one there, or point "
                + $"Secrets:KeyPath at its folder: nothing else "
              + "opens what is sealed here. Nothing was changed.");
}
