namespace Waybill.Server.Bodies;

/// <summary>
/// Large bodies leave a large heap behind, for the runtime cleans up late: it has the whole machine in mind. What they leave is cleaned up
/// whenever it comes to a share of the budget, and once all of them are answered the machine gets its memory back.
/// </summary>
internal sealed class HeapTrim(BodyBudget budget, TimeProvider clock) : BackgroundService
{
    /// <summary>Less is not worth it.</summary>
    const long Worth = 32L << 20;

    /// <summary>What may lie about.</summary>
    const long Left = 64L << 20;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    int collections;
    long left;

    /// <summary>A body was answered, and its buffer of so many octets is left.</summary>
    public void Note(long octets)
    {
        if (octets < BodyPace.Large || !IsTooMuch(octets)) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (budget.IsOver(Worth)) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    bool IsTooMuch(long octets)
    {
        lock (gate)
        {
            var since = GC.CollectionCount(GC.MaxGeneration);
            if (since != collections) (collections, left) = (since, 0); // the runtime did it by itself
            left += octets;
            if (left < Left) return false;
            left = 0;
            return true;
        }
    }
}
