using Npgsql;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Testing.Real;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Sessions_of_Postgres
{
    [Theory]
    [InlineData("")]
    [InlineData("-c synchronous_commit=off")]
    public async Task Commit_to_disk_though_server_database_and_connection_string_say_otherwise(string options)
    {
        var place = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await ExecuteAsync(place, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(place).Database} SET synchronous_commit = off");
        await using var database = PostgresDatabase.Open(new NpgsqlConnectionStringBuilder(place) { Options = options }.ConnectionString);

        var setting = await database.WriteAsync("look", ShowAsync("synchronous_commit"), CancellationToken.None);

        Assert.Equal("off", await ExecuteAsync(place, "SHOW synchronous_commit"));
        Assert.Equal("on", setting);
    }

    [Fact]
    public async Task Keep_the_options_of_the_connection_string()
    {
        var place = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var database = PostgresDatabase.Open(
            new NpgsqlConnectionStringBuilder(place) { Options = "-c search_path=waybill,public" }.ConnectionString);

        Assert.Equal("waybill,public", await database.WriteAsync("look", ShowAsync("search_path"), CancellationToken.None));
    }

    [Fact]
    public async Task Are_told_apart_from_a_server_that_is_away_which_comes_back_by_itself()
    {
        await using var server = await PostgresServer.StartAsync();
        var place = await server.CreateDatabaseAsync();
        await using var database = PostgresDatabase.Open(place);
        await FreshDatabase.MigrateAsync(database);

        await server.StopImmediatelyAsync();
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => database.GetTimeAsync(CancellationToken.None));
        await server.ResumeAsync();

        Assert.NotEqual(
            default, await Waybill.Testing.Eventually.GetAsync<object>("the database to answer", async () => await TimeAsync(database)));
    }

    static async Task<object?> TimeAsync(PostgresDatabase database)
    {
        try
        {
            return await database.GetTimeAsync(CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            return null; // a connection of before
        }
    }

    static Func<Session, ValueTask<string?>> ShowAsync(string setting) =>
        session => session.FirstAsync("SHOW " + setting, _ => { }, row => row.Text(0), CancellationToken.None);

    static async Task<object?> ExecuteAsync(string place, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
