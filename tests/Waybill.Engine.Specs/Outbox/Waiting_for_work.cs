using Waybill.Engine.Leasing;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Waiting_for_work
{
    readonly Testing.ManualClock clock = Noon.Clock();

    [Fact]
    public async Task Ends_at_once_for_a_signal_that_came_before()
    {
        using var wakeup = new Wakeup();
        wakeup.Signal();
        wakeup.Signal();

        await wakeup.WaitAsync(TimeSpan.FromHours(1), clock, CancellationToken.None);

        Assert.False(wakeup.WaitAsync(TimeSpan.FromHours(1), clock, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Ends_when_the_time_is_up()
    {
        using var wakeup = new Wakeup();
        var waiting = wakeup.WaitAsync(TimeSpan.FromSeconds(30), clock, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task Is_called_off_by_whoever_stops()
    {
        using var wakeup = new Wakeup();
        using var stop = new CancellationTokenSource();
        var waiting = wakeup.WaitAsync(TimeSpan.FromSeconds(30), clock, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Tells_other_nodes_only_of_work_that_was_taken_in_here()
    {
        using var wakeup = new Wakeup();
        var told = 0;
        wakeup.Signalled += () => told++;

        wakeup.Heard();
        wakeup.Signal();

        Assert.Equal(1, told);
    }
}
