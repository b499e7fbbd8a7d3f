using Microsoft.Data.Sqlite;
using Waybill.Engine.Storage.Sqlite;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Keeping_statements_prepared : IDisposable
{
    readonly SqliteConnection connection = new("Data Source=:memory:");
    readonly PreparedCommands prepared;

    public Keeping_statements_prepared()
    {
        connection.Open();
        prepared = new(connection);
    }

    [Fact]
    public void Keeps_what_is_used_and_no_more_than_there_is_room_for()
    {
        var used = prepared.Find("SELECT 'used'");
        for (var n = 0; n < 3 * PreparedCommands.Most; n++)
        {
            Assert.Equal((long)n, prepared.Find($"SELECT {n}").Command.ExecuteScalar());
            Assert.Same(used, prepared.Find("SELECT 'used'"));
        }

        Assert.Equal(PreparedCommands.Most, prepared.Count);
        Assert.Equal("used", used.Command.ExecuteScalar());
    }

    [Fact]
    public void Binds_anew_each_time()
    {
        for (var n = 0; n < 3; n++)
        {
            var (command, parameters) = prepared.Find("SELECT $1 + $2");
            parameters.Number(n).Number(1);

            Assert.Equal(n + 1L, command.ExecuteScalar());
        }
    }

    public void Dispose()
    {
        prepared.Dispose();
        connection.Dispose();
    }
}
