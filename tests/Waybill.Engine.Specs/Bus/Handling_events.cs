using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Waybill.Engine.Storage;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Bus;

public sealed class Handling_events_on_Sqlite() : Handling_events(Provider.Sqlite);

public sealed class Handling_events_on_Postgres() : Handling_events(Provider.Postgres);

public abstract class Handling_events(Provider provider) : DatabaseContract(provider)
{
    readonly List<Station> stations = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Effects.CreateAsync(Database);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var station in stations) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Gives_the_handler_the_typed_event_and_what_it_is_about()
    {
        Handling? about = null;
        OrderStrung? what = null;
        var station = With((e, handling, _) =>
        {
            (what, about) = (e, handling);
            return Task.CompletedTask;
        });
        await station.Acceptor.PublishAsync(Office.Tenant, new OrderStrung("7", Tension: 26), new() { Subject = "order/7" }, None);

        Assert.Equal(1, await station.HandleDueAsync());

        Assert.Equal(new OrderStrung("7", 26), what);
        Assert.Equal((Office.Tenant, "order/7", 1), (about!.Tenant, about.Event.Subject, about.Attempt));
    }

    [Fact]
    public async Task Commits_a_handlers_writes_with_the_settling()
    {
        var station = With((e, handling, _) => handling.CommitAsync(async unit =>
        {
            await Effects.NoteAsync(unit.Session, e.Order);
            unit.Publish(handling.Tenant, Happening.Of("paid " + e.Order, type: "order.paid"));
            unit.Post(handling.Tenant, Letter.To("ada@example.org"));
        }));
        var id = await PublishAsync(station, "1");

        await station.HandleDueAsync();

        Assert.Equal(["1"], await Effects.ReadAsync(Database));
        Assert.Equal("handled", Assert.Single((await station.EffectsAsync(id)).Deliveries).State);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Settles_for_a_handler_that_returns_without_a_commit()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        var id = await PublishAsync(station, "1");

        await station.HandleDueAsync();

        Assert.Equal(("handled", 1, Noon.Instant), Delivery(await station.EffectsAsync(id)));
    }

    [Fact]
    public async Task Undoes_the_writes_of_a_commit_that_throws_and_tries_again()
    {
        var station = With((e, handling, _) => handling.CommitAsync(async unit =>
        {
            await Effects.NoteAsync(unit.Session, e.Order);
            if (handling.Attempt == 1) throw new InvalidOperationException("No strings left.");
        }));
        var id = await PublishAsync(station, "1");
        await station.HandleDueAsync();
        Assert.Empty(await Effects.ReadAsync(Database));
        Assert.Equal("InvalidOperationException: No strings left.", Assert.Single((await station.EffectsAsync(id)).Deliveries).Reason);

        Office.Clock.Advance(TimeSpan.FromSeconds(2));
        await station.HandleDueAsync();

        Assert.Equal(["1"], await Effects.ReadAsync(Database));
    }

    [Fact]
    public async Task Keeps_what_was_committed_when_the_handler_throws_afterwards()
    {
        var station = With(async (e, handling, _) =>
        {
            await handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, e.Order));
            throw new InvalidOperationException("Too late.");
        });
        await PublishAsync(station, "1");

        await station.HandleDueAsync();
        Office.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await station.HandleDueAsync());
        Assert.Equal(["1"], await Effects.ReadAsync(Database));
    }

    [Fact]
    public async Task Waits_longer_after_each_failure_and_parks_after_the_eighth()
    {
        var station = With((_, _, _) => throw new InvalidOperationException("poison"));
        var id = await PublishAsync(station, "1");

        var attempts = 0;
        for (var second = 0; second < 3_600; second++, Office.Clock.Advance(TimeSpan.FromSeconds(1)))
            attempts += await station.HandleDueAsync();

        Assert.Equal(8, attempts);
        var parked = Assert.Single(await station.Bus.ListParkedAsync(Office.Tenant, 10, None));
        Assert.Equal(
            (id, "order.strung", "strings", 8, "InvalidOperationException: poison"),
            (parked.Event, parked.Type, parked.Subscription, parked.Attempts, parked.Reason));
        Assert.Empty(await station.Bus.ListParkedAsync(await Office.TenantAsync("other"), 10, None));
    }

    [Fact]
    public async Task Counts_a_unit_that_was_too_slow_as_the_handlers_own_failure()
    {
        var station = With((_, _, _) => throw new UnitTooSlowException("handle strings"), Once);
        await PublishAsync(station, "1");

        Assert.Equal(1, await station.HandleDueAsync());

        Assert.Contains(
            "too long", Assert.Single(await station.Bus.ListParkedAsync(Office.Tenant, 10, None)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Burns_no_attempt_while_the_database_is_away()
    {
        var station = With((_, _, _) => throw new StorageUnavailableException(inner: null), Once);
        var id = await PublishAsync(station, "1");

        await station.HandleDueAsync();

        Assert.Equal(("queued", 0, null), Delivery(await station.EffectsAsync(id)));
    }

    [Fact]
    public async Task Records_words_that_no_text_column_takes()
    {
        var station = With((_, _, _) => throw new InvalidOperationException("a\0b\ud800"), Once);
        await PublishAsync(station, "1");

        await station.HandleDueAsync();

        Assert.Equal(
            "InvalidOperationException: a b\ufffd", Assert.Single(await station.Bus.ListParkedAsync(Office.Tenant, 10, None)).Reason);
    }

    [Fact]
    public async Task Parks_at_once_what_the_handlers_type_cannot_be_made_of()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        await station.AcceptAsync(Happening.Of("1", data: new { order = new[] { 1 } }));

        await station.HandleDueAsync();

        Assert.Contains(
            "OrderStrung", Assert.Single(await station.Bus.ListParkedAsync(Office.Tenant, 10, None)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handles_what_was_released_with_all_attempts_anew()
    {
        var isMended = false;
        var station = With((_, _, _) => isMended ? Task.CompletedTask : throw new InvalidOperationException("poison"), Once);
        var id = await PublishAsync(station, "1", subject: "a");
        await station.HandleDueAsync();
        isMended = true;

        Assert.False(await station.Bus.ReleaseAsync(await Office.TenantAsync("other"), id, "strings", None));
        Assert.True(await station.Bus.ReleaseAsync(Office.Tenant, id, "strings", None));
        Assert.False(await station.Bus.ReleaseAsync(Office.Tenant, id, "strings", None));
        Assert.Equal(1, await station.HandleDueAsync());

        Assert.Equal(("handled", 1, Noon.Instant), Delivery(await station.EffectsAsync(id)));
    }

    [Fact]
    public async Task Hands_events_about_one_subject_over_in_order_and_others_beside_them()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        foreach (var (order,
            subject) in ((string, string?)[])[("a1", "a"), ("a2", "a"), ("b1", "b"), ("x1", null), ("x2", null), ("a3", "a")])
            await PublishAsync(station, order, subject);

        Assert.Equal(["a1", "b1", "x1", "x2"], await NextAsync(station));
        Assert.Equal(["a2"], await NextAsync(station));
        Assert.Equal(["a3"], await NextAsync(station));
    }

    [Fact]
    public async Task Lets_a_subject_wait_for_the_retry_of_its_first_event_and_for_nothing_once_it_is_parked()
    {
        var station = With((e, _, _) => e.Order == "a1" ? throw new InvalidOperationException("poison") : Task.CompletedTask, Twice);
        await PublishAsync(station, "a1", "a");
        await PublishAsync(station, "a2", "a");

        Assert.Equal(["a1"], await NextAsync(station));
        Assert.Empty(await NextAsync(station));
        Office.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a1"], await NextAsync(station));
        Assert.Equal(["a2"], await NextAsync(station));
    }

    [Fact]
    public async Task Brings_a_released_event_before_those_that_wait_but_not_beside_one_that_is_handled()
    {
        var isPoison = true;
        var station = With(
            (e, _, _) => e.Order == "a1" && isPoison ? throw new InvalidOperationException("poison") : Task.CompletedTask, Once);
        var first = await PublishAsync(station, "a1", "a");
        await PublishAsync(station, "a2", "a");
        await PublishAsync(station, "a3", "a");
        await NextAsync(station);
        var second = await station.ClaimAsync();
        isPoison = false;

        await station.Bus.ReleaseAsync(Office.Tenant, first, "strings", None);
        Assert.Empty(await station.ClaimAsync());
        await station.Handler().HandleAsync(Assert.Single(second), None);

        Assert.Equal(["a1"], await NextAsync(station));
        Assert.Equal(["a3"], await NextAsync(station));
    }

    [Fact]
    public async Task Gives_up_a_handler_that_hangs_and_refuses_what_it_commits_late()
    {
        var (hangs, goesOn, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Exception>());
        var station = With(async (e, handling, _) =>
        {
            if (handling.Attempt > 1)
            {
                await handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, "second"));
                return;
            }

            hangs.SetResult();
            await goesOn.Task;
            ended.SetResult(
                await Assert.ThrowsAsync<HandlingLostException>(
                    () => handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, "first"))));
        });
        await PublishAsync(station, "1");
        var handling = station.Handler().HandleAsync(Assert.Single(await station.ClaimAsync()), None);
        await hangs.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Eventually.IsTrueAsync("the handler that hangs to be given up", () =>
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(handling.IsCompleted);
        });

        Office.Clock.Advance(TimeSpan.FromSeconds(5));
        await station.HandleDueAsync();
        goesOn.SetResult();

        Assert.NotNull(await ended.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(["second"], await Effects.ReadAsync(Database));
    }

    [Fact]
    public async Task Lets_another_node_take_up_what_one_was_handling_when_it_died()
    {
        var died = new TaskCompletionSource<Handling>();
        var never = new TaskCompletionSource();
        var dead = With((_, handling, _) =>
        {
            died.SetResult(handling);
            return never.Task;
        });
        await PublishAsync(dead, "1", "a");
        await PublishAsync(dead, "2", "a");
        _ = dead.HandleDueAsync();
        var lost = await died.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var other = With((e, handling, _) => handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, e.Order)), node: "other");
        Assert.Equal(0, await other.HandleDueAsync());
        Office.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(1, (await other.Bus.SweepAsync(everyOther: false, None)).Queued);
        Assert.Equal(2, await other.HandleDueAsync());

        await Assert.ThrowsAsync<HandlingLostException>(() => lost.CommitAsync(unit => Effects.NoteAsync(unit.Session, "late")));
        Assert.Equal(["1", "2"], await Effects.ReadAsync(Database));
        never.SetResult();
    }

    [Fact]
    public async Task Keeps_what_is_renewed_from_others()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        await PublishAsync(station, "1");
        await station.ClaimAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(15));
        await station.Bus.Queue.RenewAsync(None);
        Office.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(0, (await With((_, _, _) => Task.CompletedTask, node: "other").Bus.SweepAsync(everyOther: false, None)).Queued);
    }

    [Fact]
    public async Task Parks_what_its_process_died_of_sixteen_times()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        await PublishAsync(station, "1", "a");
        await PublishAsync(station, "2", "a");

        for (var death = 0; death < 16; death++)
        {
            Assert.Single(await With((_, _, _) => Task.CompletedTask, node: $"node {death}").ClaimAsync());
            await station.Bus.SweepAsync(everyOther: true, None);
        }

        Assert.Contains("died", Assert.Single(await station.Bus.ListParkedAsync(Office.Tenant, 10, None)).Reason, StringComparison.Ordinal);
        Assert.Equal(["2"], await NextAsync(station));
    }

    [Fact]
    public async Task Hands_back_what_this_program_has_no_subscription_for()
    {
        await PublishAsync(With((_, _, _) => Task.CompletedTask), "1");
        var older = new Station(Office, node: "older");
        stations.Add(older);
        Assert.Equal(1, await older.HandleDueAsync());
        Office.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await With((_, _, _) => Task.CompletedTask, node: "newer").HandleDueAsync());
    }

    [Fact]
    public async Task Gives_each_delivery_to_one_of_many_who_claim_at_once()
    {
        var station = With((_, _, _) => Task.CompletedTask);
        await station.AcceptAsync([.. Enumerable.Range(0, 300).Select(i => Happening.Of($"{i}", subject: $"{i % 150}"))]);
        var nodes = Enumerable.Range(0, 4).Select(i => With((e, handling, _) =>
            handling.CommitAsync(unit => Effects.NoteAsync(unit.Session, e.Order)), node: $"node {i}")).ToArray();

        for (var round = 1; await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state <> 'handled'") > 0; round++)
        {
            Assert.InRange(round, 1, 1_000);
            await Task.WhenAll(nodes.Select(node => Task.Run(node.HandleDueAsync)));
            await station.Bus.PromoteStrandedAsync(None);
            Office.Clock.Advance(TimeSpan.FromSeconds(1)); // what lost its connection to so many others is due again later
        }

        Assert.Equal(300, (await Effects.ReadAsync(Database)).Distinct().Count());
        Assert.Equal(300, (await Effects.ReadAsync(Database)).Count);
    }

    [Fact]
    public async Task Mends_a_wait_that_a_clock_which_went_back_made_long()
    {
        var ahead = Noon.Clock();
        ahead.Advance(TimeSpan.FromDays(400));
        var station = With((_, handling, _) => handling.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask);
        await PublishAsync(station, "1");
        Office.Clock.Advance(TimeSpan.FromDays(400));
        await station.HandleDueAsync();
        var later = new Station(Office, [], clock: Noon.Clock());
        stations.Add(later);

        Assert.Equal(1, await later.Bus.Queue.CatchUpAsync(None));

        Assert.True(await later.Bus.Queue.NextDueAsync(None) < Noon.Instant.AddSeconds(2));
    }

    static HandlingPolicy Once => new([], Jitter: 0, TimeSpan.FromSeconds(30));

    static HandlingPolicy Twice => new([TimeSpan.FromSeconds(5)], Jitter: 0, TimeSpan.FromSeconds(30));

    Station With(Func<OrderStrung, Handling, CancellationToken, Task> handler, HandlingPolicy? policy = null, string node = "here")
    {
        var station = new Station(Office, [Subscription.To("strings", handler, policy: policy)], node: node);
        stations.Add(station);
        return station;
    }

    Task<EventKey> PublishAsync(Station station, string order, string? subject = null) =>
        station.Acceptor.PublishAsync(Office.Tenant, new OrderStrung(order), new() { Id = order, Subject = subject }, None);

    static (string State, int Attempts, DateTimeOffset? At) Delivery(EventEffects effects)
    {
        var delivery = Assert.Single(effects.Deliveries);
        return (delivery.State, delivery.Attempts, delivery.SettledAt);
    }

    /// <summary>Handles what is due now, and says of which orders that was.</summary>
    static async Task<string[]> NextAsync(Station station)
    {
        var due = await station.ClaimAsync();
        foreach (var owed in due) await station.Handler().HandleAsync(owed, None);
        return [.. due.Select(owed => owed.Event.SenderId)];
    }
}
