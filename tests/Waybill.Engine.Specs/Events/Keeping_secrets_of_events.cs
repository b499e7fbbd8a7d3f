using System.Text;
using System.Text.Json;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Keeping_secrets_of_events_on_Sqlite() : Keeping_secrets_of_events(Provider.Sqlite);

public sealed class Keeping_secrets_of_events_on_Postgres() : Keeping_secrets_of_events(Provider.Postgres);

public abstract class Keeping_secrets_of_events(Provider provider) : DatabaseContract(provider)
{
    const string Secret = "hunter2-hunter2";

    static readonly EventType Type = new("order.strung", ["link", "user.code", "keys.key"], TimeSpan.FromDays(7));

    readonly List<string> seen = [];
    bool fails;
    Station station = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, [Handler("one"), Handler("two")], [Type]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Masks_them_wherever_they_are_shown_and_opens_them_for_handlers()
    {
        var id = await AcceptAsync();

        await station.HandleDueAsync();

        Assert.Equal(
            """{"link":"••••","user":{"code":"••••","name":"Ada"},"keys":[{"key":"••••"},{"key":"••••"}]}""",
            (await station.FindAsync(id)).Data.GetRawText());
        Assert.Equal([Secret, Secret], seen);
    }

    [Fact]
    public async Task Has_them_nowhere_in_the_database_in_clear()
    {
        fails = true;
        await AcceptAsync();
        await station.HandleDueAsync();

        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE reason IS NOT NULL"));
        foreach (var table in (string[])["events", "event_deliveries", "route_faults", "messages", "timeline"])
            Assert.DoesNotContain(await RowsAsync(table), row => row.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erases_them_when_the_last_handler_is_done()
    {
        await AcceptAsync();
        var due = await station.ClaimAsync();

        await station.Handler().HandleAsync(due[0], None);
        Assert.Equal(1, await SealedAsync());
        await station.Handler().HandleAsync(due[1], None);

        Assert.Equal(0, await SealedAsync());
    }

    [Fact]
    public async Task Erases_them_when_they_expire_though_a_handler_has_not_run()
    {
        await AcceptAsync();
        var janitor = Office.NewJanitor();
        Office.Clock.Advance(TimeSpan.FromDays(6));
        await janitor.CleanAsync(Database, None);
        Assert.Equal(1, await SealedAsync());

        Office.Clock.Advance(TimeSpan.FromDays(2));
        await janitor.CleanAsync(Database, None);
        await station.HandleDueAsync();

        Assert.Equal(0, await SealedAsync());
        Assert.Empty(seen);
    }

    [Fact]
    public async Task Parks_what_has_lost_them_instead_of_handing_it_over_masked()
    {
        var id = await AcceptAsync();
        Office.Clock.Advance(TimeSpan.FromDays(8));
        var janitor = Office.NewJanitor();
        await janitor.CleanAsync(Database, None);

        await station.HandleDueAsync();
        Assert.True(await station.Bus.ReleaseAsync(Office.Tenant, id, "one", None));
        await station.HandleDueAsync();

        Assert.Empty(seen);
        Assert.All(
            await station.Bus.ListParkedAsync(Office.Tenant, 10, None),
            parked => Assert.Equal(("Its secret values expired before it was handled.", 1), (parked.Reason, parked.Attempts)));
        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM event_deliveries WHERE state = 'parked'"));
    }

    [Fact]
    public async Task Counts_an_attempt_when_its_key_opens_them_no_longer()
    {
        var id = await AcceptAsync();
        await using var stranger = new Station(
            Office, [Handler("one"), Handler("two")], [Type], "stranger",
            master: DataKeys.FromMaster(MasterKey.Parse("HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")));

        await stranger.HandleDueAsync();

        Assert.Empty(seen);
        Assert.All(
            (await station.EffectsAsync(id)).Deliveries, delivery => Assert.Equal(("queued", 1), (delivery.State, delivery.Attempts)));
    }

    [Fact]
    public async Task Erases_what_two_handlers_left_to_each_other()
    {
        await AcceptAsync();
        await Database.WriteAsync(
            "both at once", session => session.ExecuteAsync("UPDATE event_deliveries SET state = 'handled'", _ => { }, None), None);
        var janitor = Office.NewJanitor();

        await janitor.CleanAsync(Database, None);

        Assert.Equal(0, await SealedAsync());
    }

    [Fact]
    public async Task Seals_nothing_that_nobody_will_open()
    {
        await using var without = new Station(Office, [], [Type]);

        var id = (await without.AcceptAsync(Happening.Of("1", data: new { link = Secret })))[0];

        Assert.Equal(0, await SealedAsync());
        Assert.DoesNotContain(Secret, (await without.FindAsync(id)).Data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_another_event_by_its_secret_alone()
    {
        await AcceptAsync();

        Assert.IsType<EventAcceptance.Conflicting>(await station.Acceptor.AcceptAsync(Office.Tenant, [WithSecret("another-secret")], None));
    }

    [Fact]
    public void Finds_none_where_a_path_leads_nowhere()
    {
        Assert.Null(SecretPaths.MaskIn("""{"a":{"b":null},"c":7}"""u8.ToArray(), ["a.b", "c.d", "x"]));
        Assert.Null(SecretPaths.MaskIn("[1,2]"u8.ToArray(), ["a"]));
        Assert.Null(SecretPaths.MaskIn("null"u8.ToArray(), ["a"]));
        Assert.Equal("""[{"a":"••••"}]""", Encoding.UTF8.GetString(SecretPaths.MaskIn("""[{"a":{"deep":[1]}}]"""u8.ToArray(), ["a"])!));
    }

    Subscription Handler(string name) => Subscription.To<JsonElement>(
        name,
        (data, _, _) =>
        {
            seen.Add(data.GetProperty("link").GetString()!);
            return fails ? throw new InvalidOperationException($"The link {Secret} does not open.") : Task.CompletedTask;
        },
        "order.strung");

    static NewEvent WithSecret(string secret) => Happening.Of(
        "1",
        data: new
        {
            link = secret,
            user = new { code = secret, name = "Ada" },
            keys = new[] { new { key = secret }, new { key = secret } }
        });

    async Task<EventKey> AcceptAsync() => (await station.AcceptAsync(WithSecret(Secret)))[0];

    Task<long> SealedAsync() => Office.NumberAsync("SELECT count(*) FROM events WHERE sealed IS NOT NULL");

    /// <summary>Every row as text, octets read as Latin letters.</summary>
    Task<List<string>> RowsAsync(string table) => Database.ReadAsync(
        async session =>
        {
            await using var command = session.Connection.CreateCommand();
            command.Transaction = session.Transaction;
#pragma warning disable CA2100 // the tables are named above
            command.CommandText = "SELECT * FROM " + table;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
                rows.Add(
                    string.Join(
                        '|', values.Select(value => value is byte[] octets ? Encoding.Latin1.GetString(octets) : value.ToString())));
            }

            return rows;
        },
        None);
}
