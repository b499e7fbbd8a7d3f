using System.Globalization;
using System.Text.Json;
using Waybill.Engine.Bus;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Units_of_work_of_a_book_on_Sqlite() : Units_of_work_of_a_book(Provider.Sqlite);

public sealed class Units_of_work_of_a_book_on_Postgres() : Units_of_work_of_a_book(Provider.Postgres);

public abstract class Units_of_work_of_a_book(Provider provider) : DatabaseContract(provider)
{
    Station station = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, [Subscription.To<JsonElement>("books", (_, _, _) => Task.CompletedTask, "order.strung")]);
        await Effects.CreateAsync(Database);
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Keep_rows_events_and_messages_together()
    {
        await station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, "order 1");
                unit.Publish(Office.Tenant, new OrderStrung("1"), new() { Subject = "1" });
                unit.Post(Office.Tenant, Letter.To("ada@example.org"));
            },
            None);

        Assert.Equal("1 1 1 1", await CountsAsync());
    }

    [Fact]
    public async Task Keep_nothing_when_the_work_fails()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, "order 1");
                unit.Publish(Office.Tenant, new OrderStrung("1"));
                unit.Post(Office.Tenant, Letter.To("ada@example.org"));
                throw new InvalidOperationException("No strings left.");
            },
            None));

        Assert.Equal("0 0 0 0", await CountsAsync());
    }

    [Fact]
    public async Task Keep_nothing_when_the_work_undoes_it_and_still_give_their_result()
    {
        var strings = await station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, "order 1");
                unit.Publish(Office.Tenant, new OrderStrung("1"));
                unit.Post(Office.Tenant, Letter.To("ada@example.org"));
                unit.Undo();
                return "none left";
            },
            None);

        Assert.Equal("none left", strings);
        Assert.Equal("0 0 0 0", await CountsAsync());
    }

    /// <summary>On SQLite they are committed together, and are one session's.</summary>
    [Fact]
    public async Task Are_kept_beside_others_that_undo_theirs()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, $"order {n}");
                if (n % 2 == 0) unit.Undo();
            },
            None)));

        Assert.Equal("10 0 0 0", await CountsAsync());
        Assert.All(await Effects.ReadAsync(Database), what => Assert.Equal(1, int.Parse(what[6..], CultureInfo.InvariantCulture) % 2));
    }

    [Fact]
    public async Task Keep_nothing_when_an_event_is_another_than_the_one_before_under_its_id()
    {
        await station.AcceptAsync(Happening.Of("1"));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, "order 1");
                unit.Publish(Office.Tenant, Happening.Of("1", subject: "else"));
            },
            None));

        Assert.Contains("order.strung", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0 1 1 0", await CountsAsync());
    }

    [Fact]
    public async Task Publish_a_repetition_not_again_and_keep_the_rest()
    {
        await station.AcceptAsync(Happening.Of("1"));

        await station.Units.RunAsync(
            "string",
            async unit =>
            {
                await Effects.NoteAsync(unit.Session, "order 1");
                unit.Publish(Office.Tenant, Happening.Of("1"));
            },
            None);

        Assert.Equal("1 1 1 0", await CountsAsync());
    }

    [Fact]
    public async Task Give_their_result_after_the_commit()
    {
        var message =
            await station.Units.RunAsync(
                "post", unit => ValueTask.FromResult(unit.Post(Office.Tenant, Letter.To("ada@example.org"))), None);

        Assert.Equal("Your order", (await Office.FindAsync(message)).Subject);
    }

    async Task<string> CountsAsync()
    {
        var counts = new List<long>();
        foreach (var table in (string[])["effects", "events", "event_deliveries", "messages"])
            counts.Add(await Office.NumberAsync($"SELECT count(*) FROM {table}"));
        return string.Join(' ', counts);
    }
}
