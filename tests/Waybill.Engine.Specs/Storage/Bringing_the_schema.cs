using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Bringing_the_schema_to_Sqlite() : Bringing_the_schema(Provider.Sqlite);

public sealed class Bringing_the_schema_to_Postgres() : Bringing_the_schema(Provider.Postgres)
{
    [Fact]
    public async Task Runs_each_script_once_when_nodes_start_at_the_same_time()
    {
        await using var fresh = await FreshDatabase.CreateAsync(Provider.Postgres);
        var nodes = Enumerable.Range(0, 6).Select(_ => fresh.Open(TimeProvider.System)).ToArray();

        var ran = await Task.WhenAll(nodes.Select(node => Task.Run(() => FreshDatabase.MigrateAsync(node))));

        var names = SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", "postgres").Select(script => script.Name);
        Assert.Equal(names, ran.SelectMany(name => name).Order(StringComparer.Ordinal));
    }
}

public abstract class Bringing_the_schema(Provider provider) : IAsyncLifetime
{
    static readonly SchemaScript First = new("spec", 1, "0001-first.sql", "CREATE TABLE first (a integer); CREATE TABLE more (b integer)");
    static readonly SchemaScript Second = new("spec", 2, "0002-second.sql", "ALTER TABLE first ADD COLUMN c integer");

    FreshDatabase fresh = null!;
    IDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        fresh = await FreshDatabase.CreateAsync(provider);
        database = fresh.Open(TimeProvider.System);
    }

    public ValueTask DisposeAsync() => fresh.DisposeAsync();

    [Fact]
    public async Task Runs_what_is_missing_and_nothing_twice()
    {
        Assert.Equal([First.Name], await RunAsync(First));
        Assert.Equal([Second.Name], await RunAsync(First, Second));
        Assert.Empty(await RunAsync(First, Second));
        Assert.Equal(2, await PostOffice.NumberAsync(database, "SELECT count(*) FROM schema_version WHERE module = 'spec'"));
    }

    [Fact]
    public async Task Refuses_a_script_that_reads_differently_than_when_it_ran()
    {
        await RunAsync(First);

        var refused = await Assert.ThrowsAsync<SchemaMismatchException>(() => RunAsync(First with { Sql = First.Sql + " " }, Second));

        Assert.Contains("spec/0001-first.sql", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await PostOffice.NumberAsync(database, "SELECT count(*) FROM schema_version"));
    }

    [Fact]
    public async Task Refuses_a_database_that_a_newer_Waybill_used()
    {
        await RunAsync(First, Second);

        var refused = await Assert.ThrowsAsync<SchemaMismatchException>(() => RunAsync(First));

        Assert.Contains("newer Waybill (schema spec/2)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_nothing_of_a_script_that_fails_in_its_middle()
    {
        var broken = Second with { Sql = "CREATE TABLE second (a integer); CREATE TABLE first (a integer)" };

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(First, broken));

        Assert.Equal([Second.Name], await RunAsync(First, Second with { Sql = "CREATE TABLE second (a integer)" }));
    }

    [Fact]
    public async Task Brings_the_schema_of_the_engine()
    {
        Assert.NotEmpty(await FreshDatabase.MigrateAsync(database));
        Assert.Empty(await FreshDatabase.MigrateAsync(database));
    }

    Task<IReadOnlyList<string>> RunAsync(params SchemaScript[] scripts) =>
        new SchemaRunner(database, TimeProvider.System).RunAsync(scripts, CancellationToken.None);
}
