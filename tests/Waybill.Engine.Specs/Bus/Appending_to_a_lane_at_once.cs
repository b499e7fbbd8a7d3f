using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Waybill.Engine.Storage;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Bus;

/// <summary>On PostgreSQL only: SQLite has one writer.</summary>
public sealed class Appending_to_a_lane_at_once() : DatabaseContract(Provider.Postgres)
{
    Station station = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, [Subscription.To<OrderStrung>("strings", (_, _, _) => Task.CompletedTask)]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Queues_the_first_of_two_and_the_other_behind_it()
    {
        await AppendDuringAsync(Happening.Of("1", subject: "a"), Happening.Of("2", subject: "a"), other => WaitsAsync(other));

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state = 'queued'"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state = 'behind'"));
    }

    [Fact]
    public Task Waits_for_nobody_without_a_subject() => AppendDuringAsync(Happening.Of("1"), Happening.Of("2"), other => other);

    /// <summary>Appends one in a unit that does not end before it was seen what the unit of the other does meanwhile.</summary>
    async Task AppendDuringAsync(NewEvent one, NewEvent another, Func<Task, Task> watch)
    {
        Task? other = null;
        await Database.WriteAsync(
            "one",
            async session =>
            {
                var acceptances = await AppendAsync(session, one);
                other = Elsewhere.RunAsync(() => Database.WriteAsync("another", second => AppendAsync(second, another), None));
                await watch(other);
                return acceptances;
            },
            None);
        await other!;
    }

    ValueTask<IReadOnlyList<EventAcceptance>> AppendAsync(Session session, NewEvent e) =>
        EventRows.AppendAsync(session, [[station.Intake.Take(Office.Tenant, e)]]);

    Task WaitsAsync(Task other) =>
        Eventually.IsTrueAsync("the other to wait or to be done",
            async () => other.IsCompleted || await Elsewhere.RunAsync(() => Office.NumberAsync(
        """
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """)) > 0);
}
