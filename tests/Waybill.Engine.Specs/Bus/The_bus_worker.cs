using System.Collections.Concurrent;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Bus;

public sealed class The_bus_worker_on_Sqlite() : The_bus_worker(Provider.Sqlite);

public sealed class The_bus_worker_on_Postgres() : The_bus_worker(Provider.Postgres);

public abstract class The_bus_worker(Provider provider) : DatabaseContract(provider)
{
    static readonly HandlingPolicy Quick = new(
        [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(20), 9)], Jitter: 0.2, TimeSpan.FromMilliseconds(200));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Effects.CreateAsync(Database);
    }

    [Fact]
    public async Task Handles_what_is_there_and_what_comes()
    {
        var seen = new ConcurrentQueue<string>();
        await using var station = new Station(Office, [Subscription.To<OrderStrung>("strings", (e, _, _) =>
        {
            seen.Enqueue(e.Order);
            return Task.CompletedTask;
        })]);
        await station.AcceptAsync(Happening.Of("there"));
        using var worker = station.Worker();
        await worker.StartAsync(None);
        await Eventually.IsTrueAsync("the first to be handled", () => Task.FromResult(seen.Count == 1));

        await station.AcceptAsync([.. Enumerable.Range(0, 200).Select(i => Happening.Of($"{i}", subject: $"{i % 7}"))]);

        await AllSettledAsync(station);
        await worker.StopAsync(None);
        Assert.Equal(201, seen.Count);
        foreach (var subject in seen.Skip(1).GroupBy(order => int.Parse(order, null) % 7))
            Assert.Equal(subject.OrderBy(order => int.Parse(order, null)), subject);
    }

    [Fact]
    public async Task Hands_back_what_it_holds_when_it_stops_and_burns_no_attempt()
    {
        var running = 0;
        await using var station = new Station(Office, [Subscription.To<OrderStrung>("strings", (_, _, cancellationToken) =>
        {
            Interlocked.Increment(ref running);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        })]);
        await station.AcceptAsync([.. Enumerable.Range(0, 200).Select(i => Happening.Of($"{i}"))]);
        using var worker = station.Worker();
        await worker.StartAsync(None);
        await Eventually.IsTrueAsync("all places to be taken", () => Task.FromResult(Volatile.Read(ref running) == 64));

        await worker.StopAsync(None);

        Assert.Equal(
            200,
            await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state = 'queued' AND attempt = 0 AND owner IS NULL"));
    }

    [Fact]
    public async Task Tries_again_in_time_what_has_no_subject_while_nothing_else_happens()
    {
        var attempts = 0;
        await using var station = new Station(
            Office,
            [
                Subscription.To<OrderStrung>(
                    "fails at first",
                    (_, _, _) => Interlocked.Increment(ref attempts) == 1
                        ? Task.FromException(new InvalidOperationException("not yet"))
                        : Task.CompletedTask,
                    policy: Quick),
            ],
            clock: TimeProvider.System);
        await station.AcceptAsync(Happening.Of("1"));
        using var worker = station.Worker();

        await worker.StartAsync(None);

        await AllSettledAsync(station);
        await worker.StopAsync(None);
        Assert.Equal(2, Volatile.Read(ref attempts));
    }

    [Fact]
    public async Task Lets_a_claim_go_whose_event_is_gone()
    {
        await using var station = new Station(Office, [Subscription.To<OrderStrung>("strings", (_, _, _) => Task.CompletedTask)]);
        await station.AcceptAsync(Happening.Of("1"));
        await Database.WriteAsync("lose the event", session => session.ExecuteAsync("DELETE FROM events", _ => { }, None), None);
        using var worker = station.Worker();
        await worker.StartAsync(None);

        await Eventually.IsTrueAsync("its lease to run out", async () =>
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(5));
            await station.Bus.Queue.RenewAsync(None);
            return (await station.Bus.SweepAsync(everyOther: false, None)).Queued == 1;
        });

        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Is_not_held_up_by_a_handler_that_blocks_its_thread()
    {
        using var never = new ManualResetEventSlim();
        await using var station = new Station(
            Office,
            [
                Subscription.To<OrderStrung>("blocks", (_, _, _) =>
                {
                    never.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
                    return Task.CompletedTask;
                }, policy: Quick with { Waits = [] }),
                Subscription.To<OrderStrung>(
                    "works", (e, handling, _) => handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, e.Order))),
            ],
            clock: TimeProvider.System);
        using var worker = station.Worker();
        await worker.StartAsync(None);

        await station.AcceptAsync(Happening.Of("1"), Happening.Of("2"));

        await AllSettledAsync(station);
        never.Set();
        await worker.StopAsync(None);
        Assert.Equal(["1", "2"], (await Effects.ReadAsync(Database)).Order());
        Assert.All(await station.Bus.ListParkedAsync(Office.Tenant, 10, None), parked => Assert.Equal("blocks", parked.Subscription));
    }

    [Fact]
    public async Task Is_not_held_up_by_a_subscription_or_a_tenant_whose_handlings_hang()
    {
        var hanging = 0;
        await using var station = new Station(Office, [
            Subscription.To<OrderStrung>("hangs", (_, _, cancellationToken) =>
            {
                Interlocked.Increment(ref hanging);
                return Task.Delay(Timeout.Infinite, cancellationToken);
            }),
            Subscription.To<OrderStrung>(
                "works", (e, handling, _) => handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, e.Order))),
        ]);
        await station.AcceptAsync([.. Enumerable.Range(0, 300).Select(i => Happening.Of($"{i}"))]);
        using var worker = station.Worker();
        await worker.StartAsync(None);
        await Eventually.IsTrueAsync("many to hang", () => Task.FromResult(Volatile.Read(ref hanging) >= 48));

        var other = await Office.TenantAsync("other");
        Assert.IsType<EventAcceptance.Accepted>(await station.Acceptor.AcceptAsync(other, [Happening.Of("another's")], None));

        await Eventually.IsTrueAsync("all others to be handled", async () => (await Effects.ReadAsync(Database)).Count == 301);
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Brings_about_each_of_a_thousand_effects_once_while_handlers_throw_and_hang_and_nodes_are_killed()
    {
        var chance = new ConcurrentDictionary<string, int>();
        async Task HandleAsync(OrderStrung e, string name, Handling handling, CancellationToken cancellationToken)
        {
            var turn = chance.AddOrUpdate($"{name} {e.Order}", 1, (_, before) => before + 1);
            var fate = (e.Order.GetHashCode(StringComparison.Ordinal) & 0x7fffffff) % 5;
            if (turn == 1 && fate == 0) throw new InvalidOperationException("before");
            if (turn == 1 && fate == 1) await Task.Delay(TimeSpan.FromMilliseconds(400), CancellationToken.None); // hangs, then comes late
            await handling.CommitAsync(async unit =>
            {
                await Effects.NoteAsync(unit.Session, $"{name} {e.Order}");
                if (turn == 1 && fate == 2) throw new InvalidOperationException("within");
            });
            if (fate == 3) throw new InvalidOperationException("after");
        }

        Subscription[] subscriptions = [.. Enumerable.Range(0, 10).Select(i => Subscription.To<OrderStrung>(
            $"subscription {i}", (e, handling, token) => HandleAsync(e, $"{i}", handling, token), policy: Quick))];
        await using var publisher = new Station(Office, subscriptions, clock: TimeProvider.System, node: "publisher");
        await publisher.AcceptAsync([.. Enumerable.Range(0, 100).Select(i => Happening.Of($"{i}", subject: $"{i % 20}"))]);

        for (var life = 0; await OpenAsync() > 0; life++)
        {
            // A node that is killed leaves its claims behind: its handlers run on here, as the past of a frozen one would.
            await using var node = new Station(Office, subscriptions, clock: TimeProvider.System, node: $"life {life}");
            await node.Bus.SweepAsync(everyOther: true, None);
            using var worker = node.Worker();
            await worker.StartAsync(None);
            var before = await OpenAsync();
            await Eventually.IsTrueAsync(
                "some to be handled", async () => await OpenAsync() is var open && (open == 0 || open <= before - 100));
            if (life < 6) _ = (await node.ClaimAsync(20)).Count; // held by nobody who lives
            await worker.StopAsync(None);
        }

        var effects = await Effects.ReadAsync(Database);
        Assert.Equal((1_000, 1_000), (effects.Count, effects.Distinct(StringComparer.Ordinal).Count()));
        Assert.Empty(await publisher.Bus.ListParkedAsync(Office.Tenant, 10, None));
    }

    Task<long> OpenAsync() => Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state NOT IN ('handled', 'parked')");

    Task AllSettledAsync(Station station) =>
        Eventually.IsTrueAsync($"{station.Bus.Node} to settle all", async () => await OpenAsync() == 0);
}
