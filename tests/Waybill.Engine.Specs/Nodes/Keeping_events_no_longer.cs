using Waybill.Engine.Bus;
using Waybill.Engine.Nodes;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Xunit;

namespace Waybill.Engine.Specs.Nodes;

public sealed class Keeping_events_no_longer_on_Sqlite() : Keeping_events_no_longer(Provider.Sqlite);

public sealed class Keeping_events_no_longer_on_Postgres() : Keeping_events_no_longer(Provider.Postgres);

public abstract class Keeping_events_no_longer(Provider provider) : DatabaseContract(provider)
{
    static readonly HandlingPolicy Once = new([], Jitter: 0, TimeSpan.FromSeconds(30));

    bool fails;
    Station station = null!;

    Retention Retention => field ??= Office.NewRetention();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, [Subscription.To<OrderStrung>(
            "strings", (_, _, _) => fails ? throw new InvalidOperationException("poison") : Task.CompletedTask, policy: Once)]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Removes_them_after_ninety_days_and_not_before()
    {
        await station.AcceptAsync(Happening.Of("1"), Happening.Of("nobody hears of it", type: "order.paid"));
        await station.HandleDueAsync();

        Office.Clock.Advance(TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Retention.RunAsync(Database, None));
        Office.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(2, await Retention.RunAsync(Database, None));
    }

    [Fact]
    public async Task Leaves_nothing_of_them_but_the_record_that_they_went()
    {
        var id = (await station.AcceptAsync(Happening.Of("1")))[0];
        await station.HandleDueAsync();
        await NoteFaultAsync(id.Value);
        Office.Clock.Advance(TimeSpan.FromDays(91));

        await Retention.RunAsync(Database, None);

        foreach (var table in (string[])["events", "event_deliveries", "route_faults"])
            Assert.Equal((table, 0L), (table, await Office.NumberAsync($"SELECT count(*) FROM {table}")));
        Assert.Equal(
            1, await Office.NumberAsync("SELECT count(*) FROM sweeps WHERE tenant_id IS NOT NULL AND stream IS NULL AND removed = 1"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM sweeps WHERE tenant_id IS NULL AND stream IS NULL AND removed = 1"));
    }

    [Fact]
    public async Task Never_removes_one_that_is_parked_or_that_a_handler_is_still_to_have()
    {
        fails = true;
        await station.AcceptAsync(Happening.Of("parked"));
        await station.HandleDueAsync();
        await station.AcceptAsync(Happening.Of("queued", subject: "a"), Happening.Of("behind", subject: "a"));
        Office.Clock.Advance(TimeSpan.FromDays(300));

        Assert.Equal(0, await Retention.RunAsync(Database, None));
        Assert.Equal(3, await Office.NumberAsync("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Removes_more_than_one_chunk()
    {
        await station.AcceptAsync([.. Enumerable.Range(0, 501).Select(i => Happening.Of($"{i}", type: "order.paid"))]);
        Office.Clock.Advance(TimeSpan.FromDays(91));

        Assert.Equal(501, await Retention.RunAsync(Database, None));
    }

    Task<int> NoteFaultAsync(Guid id) => Database.WriteAsync(
        "fault",
        session => session.ExecuteAsync(
            "INSERT INTO route_faults (id, tenant_id, event_id, route_id, at, reason) VALUES ($1, $2, $1, $1, $3, 'because')",
            p => p.Id(id).Id(Office.Tenant.Value).Instant(Noon.Instant),
            None),
        None);
}
