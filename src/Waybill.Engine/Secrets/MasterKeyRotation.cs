using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>
/// Puts a new master key in place of the one there is, while everybody works. It goes in steps, and one that was broken off goes on from
/// where it was when it is asked for again: the new master key stands before the old one in its file; a data key under it is coming; every
/// node has that one; it is the one that seals, and all data keys are under the new master key; what older ones sealed is sealed anew; the
/// old master key is gone from the file.
/// </summary>
public sealed class MasterKeyRotation(IDatabase database, MasterKeyPlace place, DataKeys keys, DataKeysKeeper keeper, TimeProvider clock)
{
    const int BatchSize = 100;

    /// <summary>In which every node asks twice; on SQLite there is but one.</summary>
    internal TimeSpan Patience { get; init; } = database.Provider == "sqlite" ? TimeSpan.Zero : 2.5 * DataKeysKeeper.Interval;

    /// <summary>Begins a rotation, or goes on with one.</summary>
    /// <exception cref="WrongMasterKeyException">The file cannot be read or written.</exception>
    public async Task<Rotation> RunAsync(CancellationToken cancellationToken)
    {
        using var alone = place.TryHold();
        if (alone is null) return new Rotation.Refused("Another rotation is under way.");
        if (place.Read() is not { } master) return new Rotation.Refused("There is no master key.");
        var (current, coming) = await StateAsync(cancellationToken);
        if (coming is not null && !master.Has(coming.MasterId)) return UnderWayElsewhere();
        if (coming is null && current.IsSealedBy(master.Newest) && master.Keys.Count == 1)
        {
            if (place.File is null) return new Rotation.Refused(InTheEnvironment);
            master = master.Renewed();
            place.Put(master);
            Steps.Reached("rotate.written");
        }

        if (!current.IsSealedBy(master.Newest))
        {
            if (await AnnounceAsync(master, coming, cancellationToken) is not { } announced) return await YieldAsync(master);
            if (await RefusalsAsync(announced, cancellationToken) is { Count: > 0 } nodes) return new Rotation.Waiting(nodes);
            await ActivateAsync(announced, master, cancellationToken);
        }

        return await FinishAsync(master, cancellationToken);
    }

    const string InTheEnvironment =
        "The master key comes from WAYBILL_MASTER_KEY, which Waybill cannot change. Make a new key with: openssl rand -base64 32. Set "
        + "WAYBILL_MASTER_KEY on every node to the new key, a comma and the old one, start them again, and run this again. After that the "
        + "new one "
        + "alone will do.";

    Rotation.Refused UnderWayElsewhere() =>
        new(
            $"A rotation is under way to a key that is not here. {place.Words} must hold what it holds where the rotation was begun; copy "
                + $"it, and "
            + "run this again.");

    async Task<(DataKeyRow Current, DataKeyRow? Coming)> StateAsync(CancellationToken cancellationToken)
    {
        var all = await database.ReadAsync(session => DataKeyRows.AllAsync(session, cancellationToken), cancellationToken);
        var rows = all.Where(row => row.Purpose == DataKeyRow.Seals).ToList();
        return (rows.Single(row => row.State == DataKeyRow.Current), rows.SingleOrDefault(row => row.IsComing));
    }

    /// <summary>
    /// The key that is to seal next, in the database for every node to find; null: a rotation that began elsewhere was first.
    /// </summary>
    async Task<DataKeyRow?> AnnounceAsync(MasterKey master, DataKeyRow? coming, CancellationToken cancellationToken)
    {
        var announced = coming is not null && coming.IsSealedBy(master.Newest)
            ? coming
            : DataKeyRow.Of(SealingKey.New(), DataKeyRow.Seals, DataKeyRow.Coming, master.Newest);
        var now = clock.GetUtcNow();
        var isOurs = await database.WriteAsync(
            "announce data key",
            async session =>
            {
                await DataKeyRows.ForgetRefusalsAsync(session);
                if (ReferenceEquals(announced, coming)) return true;
                if (coming is not null) await DataKeyRows.WithdrawAsync(session, coming); // nothing was sealed with it
                return await DataKeyRows.AddAsync(session, announced, now) == 1;
            },
            cancellationToken);
        Steps.Reached("rotate.announced");
        return isOurs ? announced : null;
    }

    async Task<Rotation> YieldAsync(MasterKey master)
    {
        var (_, coming) = await StateAsync(CancellationToken.None);
        var isOurs = coming is not null && coming.IsSealedBy(master.Newest);
        if (place.File is not null && master.Keys.Count > 1 && !isOurs) place.Put(master.WithoutNewest()); // never an empty file
        return UnderWayElsewhere();
    }

    /// <summary>Nodes that cannot open it, once all had the time to try.</summary>
    async Task<IReadOnlyList<string>> RefusalsAsync(DataKeyRow announced, CancellationToken cancellationToken)
    {
        await WaitForNodesAsync(cancellationToken);
        return await database.ReadAsync(session => DataKeyRows.RefusalsAsync(session, announced.Id, cancellationToken), cancellationToken);
    }

    async Task ActivateAsync(DataKeyRow announced, MasterKey master, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            "change data keys", session => DataKeyRows.ActivateAsync(session, announced, master, now), cancellationToken);
        Steps.Reached("rotate.activated");
        await WaitForNodesAsync(cancellationToken); // from here on nobody seals with the old one
    }

    async Task WaitForNodesAsync(CancellationToken cancellationToken)
    {
        await keeper.RefreshAsync(cancellationToken);
        if (Patience > TimeSpan.Zero) await Task.Delay(Patience, clock, cancellationToken);
    }

    async Task<Rotation> FinishAsync(MasterKey master, CancellationToken cancellationToken)
    {
        await keeper.RefreshAsync(cancellationToken);
        var (anew, locked) = (0, 0);
        foreach (var sealedPlace in SealedPlace.All)
        {
            var (done, left) = await SealAnewAsync(sealedPlace, cancellationToken);
            (anew, locked) = (anew + done, locked + left);
        }

        Steps.Reached("rotate.sealed-anew");
        if (place.File is not null && master.Keys.Count > 1) place.Put(master.Alone());
        await DataKeyRows.ForgetUnusedAsync(database, clock.GetUtcNow(), cancellationToken);
        return new Rotation.Done(anew, locked, place.File);
    }

    /// <summary>In batches, so that nobody waits long behind it. Once more until nothing is left but what no key opens.</summary>
    async Task<(int Anew, int Locked)> SealAnewAsync(SealedPlace sealedPlace, CancellationToken cancellationToken)
    {
        var anew = 0;
        while (true)
        {
            var current = keys.Held[0];
            var others =
                await database.ReadAsync(session => sealedPlace.OthersAsync(session, current.Id, cancellationToken), cancellationToken);
            var done = 0;
            foreach (var batch in others.Chunk(BatchSize)) done += await SealAnewAsync(sealedPlace, batch, current, cancellationToken);
            anew += done;
            if (done == 0) return (anew, others.Count);
        }
    }

    async Task<int> SealAnewAsync(
        SealedPlace sealedPlace, IReadOnlyList<SealedRow> batch, SealingKey current, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(session => sealedPlace.FindAsync(session, batch, cancellationToken), cancellationToken);
        var values = found.Select(row => (Row: row, Secret: SealingKey.TryOpen(keys.Held, row.Box, row.Context)))
            .Where(one => one.Secret is not null)
            .Select(one => (one.Row, Box: current.Seal(one.Secret, one.Row.Context))).ToList();
        if (values.Count == 0) return 0;
        var done = await database.WriteAsync("seal anew", session => sealedPlace.ReplaceAsync(session, values), cancellationToken);
        Steps.Reached("rotate.batch");
        return done;
    }
}

/// <summary>What became of a rotation.</summary>
public abstract record Rotation
{
    private Rotation() { }

    /// <summary>It is done.</summary>
    /// <param name="SealedAnew">So many values.</param>
    /// <param name="Locked">So many values open with no key that there is; they were left as they are.</param>
    /// <param name="File">Where the new master key lies; null: in the environment.</param>
    public sealed record Done(int SealedAnew, int Locked, string? File) : Rotation;

    /// <summary>These nodes have not the new master key; nothing is sealed under it yet, and all goes on as before.</summary>
    public sealed record Waiting(IReadOnlyList<string> Nodes) : Rotation;

    /// <summary>It did not begin, for the reason that the sentence gives.</summary>
    public sealed record Refused(string Sentence) : Rotation;
}
