using System.Data.Common;
using System.Diagnostics;
using Waybill.Testing;
using Waybill.Testing.Real;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

public sealed class Taking_over_from_a_dead_node
{
    [Fact]
    public async Task Happens_within_30_s_and_loses_nothing()
    {
        var database = await DatabaseUnderKills.Postgres.OnAsync(await PostgresServer.SharedAsync());
        await using var relay = BookkeepingRelay.Start();
        await using var first = await ServerProcess.StartAsync(new RelaySettings(database, relay).Of("first.example"));
        await using var connection = await database.OpenAsync(first);
        var poster = await HeldMail.PostAsync(first, relay);
        await using var second = await ServerProcess.StartAsync(new RelaySettings(database, relay).Of("second.example"));
        Life[] lives = [new("first.example", first.Pid, WasKilled: true), new("second.example", second.Pid, WasKilled: false)];

        Assert.NotEqual(0, await HeldByAsync(connection, first.Pid));
        await first.KillAsync();
        var died = Stopwatch.GetTimestamp();
        relay.Answer();
        await Eventually.IsTrueAsync(
            "the other node to take over", async () => await HeldByAsync(connection, lives[0].Pid) == 0, TimeSpan.FromSeconds(30));
        var elapsed = Stopwatch.GetElapsedTime(died).TotalSeconds;
        await Console.Out.WriteLineAsync(
            FormattableString.Invariant($"PostgreSQL: a dead node's work was taken over after {elapsed:0.0} s"));

        await Eventually.IsTrueAsync(
            "all but what was in flight to be delivered", () => OnlyDoubtIsLeftAsync(connection), TimeSpan.FromSeconds(20));
        await database.LetADayPassAsync(connection); // what was in flight is tried again half a minute later
        await Eventually.IsTrueAsync(
            "the rest to be delivered", async () => await Kept.WaitingAsync(connection) == 0, TimeSpan.FromSeconds(20));
        Assert.Equal(0, await second.StopAsync());
        Assert.Empty(Verdict.On(new KillReport(poster.Acknowledged, relay.Booked, await Kept.ReadAsync(connection), lives)));
    }

    static Task<long> HeldByAsync(DbConnection connection, int pid) => Kept.CountAsync(
        connection, FormattableString.Invariant($"SELECT count(*) FROM outbox WHERE state = 'sending' AND owner LIKE '%:{pid}:%'"));

    static async Task<bool> OnlyDoubtIsLeftAsync(DbConnection connection) =>
        await Kept.CountAsync(connection, "SELECT count(*) FROM outbox WHERE state = 'sending' OR attempt = 0") == 0;
}
