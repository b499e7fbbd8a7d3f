using System.Data.Common;
using Waybill.Server.Specs.Kills;
using Waybill.Testing;
using Waybill.Testing.Real;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Long;

/// <summary>A process that is stopped (SIGSTOP) for longer than its lease and goes on (SIGCONT) as if no time had passed.</summary>
[Trait("Category", "Long")]
[Trait("Long", "fencing")]
public sealed class Fencing_a_node_that_was_frozen
{
    static readonly string[] Tables = ["outbox", "messages", "recipients", "snapshots", "attempts", "timeline"];

    [Fact]
    public async Task Lets_it_change_no_row_and_hand_nothing_over()
    {
        var database = await DatabaseUnderKills.Postgres.OnAsync(await PostgresServer.SharedAsync());
        await using var stuck = BookkeepingRelay.Start();
        await using var free = BookkeepingRelay.Start();
        await using var frozen = await ServerProcess.StartAsync(new RelaySettings(database, stuck).Of("frozen.example"));
        await using var connection = await database.OpenAsync(frozen);
        await HeldMail.PostAsync(frozen, stuck);

        frozen.Freeze();
        await using var other = await ServerProcess.StartAsync(new RelaySettings(database, free).Of("other.example"));
        await Eventually.IsTrueAsync(
            "the other node to take over",
            async () => await Kept.CountAsync(connection, "SELECT count(*) FROM outbox WHERE state = 'sending' OR attempt = 0") == 0,
            TimeSpan.FromSeconds(40));
        Assert.Equal(0, await other.StopAsync());
        var before = await RowsAsync(connection);
        stuck.Answer();
        frozen.Thaw();
        await Eventually.IsTrueAsync(
            "it to notice", () => Task.FromResult(frozen.Output.Split("was lost to another node").Length > RelaySettings.Sessions));
        await Task.Delay(TimeSpan.FromSeconds(3)); // for what it must not do

        Assert.Equal(before, await RowsAsync(connection));
        Assert.Equal(RelaySettings.Sessions, stuck.Count);
    }

    static async Task<string> RowsAsync(DbConnection connection)
    {
        var hashes = new List<string>();
        foreach (var table in Tables)
        {
            await using var hash = connection.CreateCommand();
            hash.CommandText = $"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t";
            hashes.Add($"{table} {await hash.ExecuteScalarAsync()}");
        }
        return string.Join('\n', hashes);
    }
}
