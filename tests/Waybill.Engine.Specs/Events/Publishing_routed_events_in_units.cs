using Waybill.Engine.Events;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Xunit;

namespace Waybill.Engine.Specs.Events;

public sealed class Publishing_routed_events_in_units_on_Sqlite() : Publishing_routed_events_in_units(Provider.Sqlite);

public sealed class Publishing_routed_events_in_units_on_Postgres() : Publishing_routed_events_in_units(Provider.Postgres)
{
    private protected override IDatabase Open() => PostgresDatabase.Open(Office.Place + ";Maximum Pool Size=4");
}

public abstract class Publishing_routed_events_in_units(Provider provider) : DatabaseContract(provider)
{
    static readonly RouteRule Rule = new()
    {
        EventType = "order.strung",
        Stream = "api",
        Template = "receipt",
        Recipient = "{{data.buyer_email}}",
    };

    IDatabase database = null!;
    Station station = null!;

    /// <summary>What the units run on.</summary>
    private protected virtual IDatabase Open() => Database;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        station = new(Office, database: database = Open());
        await Effects.CreateAsync(Database);
        await PublishTemplateAsync("receipt");
    }

    public override async ValueTask DisposeAsync()
    {
        if (station is not null) await station.DisposeAsync();
        if (database != Database) await database.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Makes_nobody_wait_for_ever_with_fifty_units_and_four_connections()
    {
        await SaveAsync(Rule);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => PublishAsync($"{i}")));

        Assert.Equal(50, await Office.NumberAsync("SELECT count(*) FROM messages WHERE subject = 'receipt'"));
        Assert.Equal(50, await Office.NumberAsync("SELECT count(*) FROM effects"));
    }

    [Fact]
    public async Task Runs_a_unit_once_that_publishes_what_no_route_is_for()
    {
        await SaveAsync(Rule with { EventType = "order.paid" });
        await PublishAsync("so that the routes are in memory");
        var runs = 0;

        await PublishAsync("2", () => runs++);

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Leaves_nothing_of_the_run_that_found_out_what_was_missing()
    {
        await SaveAsync(Rule);
        var runs = 0;

        await PublishAsync("1", () => runs++);

        Assert.True(runs > 1);
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM effects"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM events"));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Keeps_nothing_and_says_so_when_what_is_missing_cannot_be_fetched()
    {
        await SaveAsync(Rule);
        station.Fetching = () => throw new StorageUnavailableException(inner: null);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => PublishAsync("1"));

        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM effects"));
    }

    [Fact]
    public async Task Ends_also_where_each_run_publishes_something_else()
    {
        await SaveAsync(Rule with { Brand = "{{data.brand}}" });
        var brand = 0;

        await Assert.ThrowsAsync<RoutesNotFetchedException>(() => PublishAsync("1", () => brand++, () => $"{brand}"));

        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM effects"));
    }

    async Task SaveAsync(RouteRule rule) => Assert.IsType<RouteSaving.Saved>(await station.Routes.CreateAsync(Office.Tenant, rule, None));

    Task PublishAsync(string id, Action? running = null, Func<string>? brand = null) => station.Units.RunAsync(
        "string",
        async unit =>
        {
            running?.Invoke();
            await Effects.NoteAsync(unit.Session, id);
            unit.Publish(Office.Tenant, Happening.Of(id, data: new { buyer_email = "ada@example.org", brand = brand?.Invoke() }));
        },
        None);

    async Task PublishTemplateAsync(string alias, string state = "published")
    {
        await Office.Templates.CreateAsync(Office.Tenant, alias, alias, Specs.Catalogue.Editing_templates.Content("Hello"), None);
        if (state == "published") await Office.Templates.PublishAsync(Office.Tenant, alias, None);
    }
}
