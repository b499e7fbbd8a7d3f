using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class The_delivery_worker : IAsyncLifetime
{
    static CancellationToken None => CancellationToken.None;

    TroubledDatabase trouble = null!;
    PostOffice office = null!;
    Courier courier = null!;

    public async ValueTask InitializeAsync()
    {
        office = await PostOffice.OpenAsync(Provider.Sqlite, around: inner => trouble = new(inner));
        courier = new(office);
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Delivers_what_is_there_and_what_comes()
    {
        await office.AcceptManyAsync(3);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await HandedAsync(3);

        await office.AcceptManyAsync(200);

        await HandedAsync(203);
        await worker.StopAsync(None);
        Assert.Equal(0, await office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task Hands_back_what_it_holds_when_it_stops_and_burns_no_attempt()
    {
        for (var i = 0; i < 100; i++) courier.Transport.Then(UntilStoppedAsync); // more than 32 may be under way by the stop
        var messages = await office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), 100)]);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await HandedAsync(32);

        await worker.StopAsync(None);

        Assert.Equal(100, await office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'queued' AND attempt = 0 AND owner IS NULL"));
        Assert.Equal(MessageStatus.Queued, (await office.FindAsync(messages[0])).Status);
        Assert.Equal(100, (await office.Outbox.ClaimAsync(200, None)).Count);
    }

    [Fact]
    public async Task Records_what_was_handed_over_when_the_database_is_back()
    {
        var over = new TaskCompletionSource();
        courier.Transport.Then(async (parcel, _) =>
        {
            trouble.WritesFail = true;
            await over.Task;
            return ScriptedTransport.Report(parcel, new AttemptOutcome.Accepted("250 ok"));
        });
        var message = await office.AcceptAsync();
        var delivering = courier.DeliverDueAsync();
        over.SetResult();

        await MovingTheClockAsync("the outcome to be insisted on", () => HasPassed(seconds: 3));
        Assert.False(delivering.IsCompleted);
        trouble.WritesFail = false;
        await MovingTheClockAsync("the outcome to be recorded", () => Task.FromResult(delivering.IsCompleted));

        Assert.Equal(MessageStatus.Sent, (await office.FindAsync(message)).Status);
        Assert.Single(courier.Transport.Handed);
    }

    [Fact]
    public async Task Goes_on_when_a_database_that_was_away_is_back()
    {
        trouble.WritesFail = true;
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await MovingTheClockAsync("some tries", () => HasPassed(seconds: 2));
        Assert.False(worker.ExecuteTask!.IsCompleted);

        trouble.WritesFail = false;
        await office.AcceptAsync();

        await MovingTheClockAsync("the message to be handed over", () => Task.FromResult(courier.Transport.Handed.Count == 1));
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Goes_on_when_something_gave_up_that_nobody_had_stopped()
    {
        trouble.AfterRead = () =>
        {
            trouble.AfterRead = () => Task.CompletedTask;
            throw new TaskCanceledException("given up");
        };
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await office.AcceptAsync();

        await MovingTheClockAsync("the message to be handed over", () => Task.FromResult(courier.Transport.Handed.Count == 1));
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Lets_nothing_lie_that_it_claimed_and_could_not_load()
    {
        var message = await office.AcceptAsync();
        trouble.ReadsFail = true;
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await MovingTheClockAsync("the claim to be made and lost", () => HasPassed(seconds: 2));

        trouble.ReadsFail = false;
        await MovingTheClockAsync("the message to be handed over", async () =>
        {
            await office.Outbox.Queue.RenewAsync(None);
            await office.Outbox.SweepAsync(everyOther: true, None);
            return courier.Transport.Handed.Count == 1;
        });

        await worker.StopAsync(None);
        Assert.Equal(MessageStatus.Sent, (await office.FindAsync(message)).Status);
    }

    static async Task<HandOverReport> UntilStoppedAsync(Parcel parcel, CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource<HandOverReport>();
        await using var registration = stopping.Register(() => stopped.TrySetCanceled(stopping));
        return await stopped.Task;
    }

    Task<bool> HasPassed(int seconds) => Task.FromResult(office.Clock.GetUtcNow() > Noon.Instant.AddSeconds(seconds));

    Task HandedAsync(int count) =>
        Eventually.IsTrueAsync($"{count} to be handed over", () => Task.FromResult(courier.Transport.Handed.Count >= count));

    /// <summary>Half a second of the clock passes at each look.</summary>
    Task MovingTheClockAsync(string what, Func<Task<bool>> ask) => Eventually.IsTrueAsync(what, () =>
    {
        office.Clock.Advance(TimeSpan.FromMilliseconds(500));
        return ask();
    });
}
