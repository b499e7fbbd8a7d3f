using Microsoft.Extensions.Hosting;
using Waybill.Engine.Sharing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Leasing;

/// <summary>
/// The loop over a leased queue: look what is due, claim what has a place, load it and let it be worked on. Each claim is a task of its
/// own. When it stops, it waits for all that it began.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="places">The places of this node.</param>
/// <param name="wakeup">Ends a sleep.</param>
/// <param name="claimedAtOnce">How much one claim brings.</param>
/// <param name="database">Where the queue lies.</param>
/// <param name="clock">The database's time.</param>
internal abstract class QueueWorker<TKey, TShare, TClaim, TWork>(
    LeasedQueue<TKey, TShare, TClaim> queue, IPlaces<TShare> places, Wakeup wakeup, int claimedAtOnce, IDatabase database,
    TimeProvider clock)
    : BackgroundService
    where TKey : struct, IComparable<TKey>
    where TShare : struct, IShare<TShare>
    where TClaim : class, IClaim<TKey, TShare>
    where TWork : IClaimedWork<TClaim>
{
    /// <summary>What is due and was not given to us is being claimed by another node.</summary>
    static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(20);

    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestSleepAmongNodes = TimeSpan.FromSeconds(2);

    /// <summary>While something due has no place. A place that becomes free ends the sleep.</summary>
    static readonly TimeSpan LongestSleepWhenShort = TimeSpan.FromSeconds(1);

    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan DefectWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether nothing was claimed since the walk round the shares last came to its end.</summary>
    bool isRoundInVain;

    /// <summary>What was begun and is waited for when the loop stops.</summary>
    protected Underway Underway { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested) await ClaimOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            Stopping();
            await Underway.StopAsync();
        }
    }

    /// <summary>What is to be done before each look.</summary>
    protected virtual Task PrepareAsync(CancellationToken stopping) => Task.CompletedTask;

    /// <summary>Loads what claims need, those that there are.</summary>
    protected abstract Task<IReadOnlyList<TWork>> LoadAsync(IReadOnlyList<TClaim> claims, Tenure tenure);

    /// <summary>Works on one claim, and sees to its own failures.</summary>
    protected abstract Task WorkAsync(TWork work, CancellationToken stopping);

    /// <summary>What is to be done after each claim.</summary>
    protected virtual Task AfterClaimAsync(CancellationToken stopping) => Task.CompletedTask;

    /// <summary>A last look before sleeping: whether there is more to claim, so that the loop does not sleep.</summary>
    protected virtual Task<bool> HasFoundMoreAsync(CancellationToken stopping) => Task.FromResult(false);

    /// <summary>Nothing more is claimed.</summary>
    protected virtual void Stopping() { }

    protected abstract void LogAway(string reason);

    protected abstract void LogDefect(Exception defect);

    async Task ClaimOnceAsync(CancellationToken stopping)
    {
        try
        {
            await PrepareAsync(stopping);
            var tenure = queue.TakeTenure();
            places.Look();
            var queued = await queue.LookAsync(claimedAtOnce, stopping);
            var works = await ClaimAsync(places.Allot(queued, claimedAtOnce), tenure, stopping);
            foreach (var work in works) Begin(work, stopping);
            await AfterClaimAsync(stopping);
            if (IsWorthSleeping(queued, works.Count) && !await HasFoundMoreAsync(stopping)) await SleepAsync(queued, works.Count, stopping);
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
            await Task.Delay(StorageWait, clock, stopping);
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogDefect(broken); // a loop that ends would take the server with it
            await Task.Delay(DefectWait, clock, stopping);
        }
    }

    /// <summary>
    /// All that was due is claimed, and whatever comes wakes us. Or nothing could be claimed: then somebody's share may yet be come by on
    /// the walk, but not once it went all round in vain.
    /// </summary>
    bool IsWorthSleeping(QueuedShares<TShare> queued, int claimed)
    {
        if (claimed > 0)
        {
            isRoundInVain = false;
            return queued.AreAll(claimed);
        }

        var isEnough = queued.IsComplete || (queued.EndsRound && isRoundInVain);
        isRoundInVain = !isEnough && (isRoundInVain || queued.EndsRound);
        return isEnough;
    }

    async Task<IReadOnlyList<TWork>> ClaimAsync(IReadOnlyList<(TShare Share, int Count)> asked, Tenure tenure, CancellationToken stopping)
    {
        IReadOnlyList<TWork> works = [];
        try
        {
            var claims = await queue.ClaimAsync(asked, stopping);
            return works = await queue.LoadAsync(claims, () => LoadAsync(claims, tenure));
        }
        finally
        {
            var used = works.CountBy(work => work.Claim.Share).ToDictionary();
            foreach (var (share, count) in asked) // another node was faster, or it could not be loaded
                if (count - used.GetValueOrDefault(share) is var unused and > 0) places.Leave(share, unused);
        }
    }

    void Begin(TWork work, CancellationToken stopping) => Underway.Begin(async () =>
    {
        try
        {
            await WorkAsync(work, stopping);
        }
        finally
        {
            if (places.Leave(work.Claim.Share)) wakeup.Heard();
        }
    });

    Task SleepAsync(QueuedShares<TShare> queued, int claimed, CancellationToken stopping)
    {
        var longest = places.IsShort ? Min(LongestSleepWhenShort, places.RestLeft ?? LongestSleepWhenShort)
            : database.Writers > 1 ? LongestSleepAmongNodes
            : LongestSleep;
        var untilNext = claimed == 0 && queued.Shares.Count > 0 && !places.IsShort ? ShortestSleep
            : queued.Next is { } next ? next - clock.GetUtcNow()
            : longest;
        return wakeup.WaitAsync(Max(Min(untilNext, longest), ShortestSleep), clock, stopping);
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
