using System.Diagnostics;
using Waybill.Testing;
using Waybill.Testing.Real;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

public abstract class Stopping_while_mail_is_in_flight
{
    const int Emails = 80;
    static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    private protected abstract Task<DatabaseUnderKills> DatabaseAsync();

    [Fact]
    public async Task Hands_back_within_5_s_what_it_holds_and_burns_no_attempt()
    {
        var database = await DatabaseAsync();
        await using var relay = BookkeepingRelay.Start(Window);
        await using var server = await ServerProcess.StartAsync(new RelaySettings(database, relay).Of("first.example"));
        var poster = await PostAsync(server, relay);
        var lives = new List<Life> { new("first.example", server.Pid, WasKilled: false) };

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var left = await KeptAsync(database, server);
        await server.StartAgainAsync(new RelaySettings(database, relay).Of("second.example"));
        lives.Add(new("second.example", server.Pid, WasKilled: false));
        await Eventually.IsTrueAsync("the rest to be delivered", () => Task.FromResult(relay.Count >= Emails), TimeSpan.FromSeconds(30));
        Assert.Equal(0, await server.StopAsync());

        Assert.NotEqual(0, left.Waiting);
        Assert.Equal(0, left.Burnt);
        var report = new KillReport(poster.Acknowledged, relay.Booked, await KeptAsync(database, server), lives);
        Assert.Empty(Verdict.On(report));
        Assert.Equal(0, report.Duplicates);
    }

    /// <summary>More than it can hand over at once, and some of it under way.</summary>
    static async Task<Poster> PostAsync(ServerProcess server, BookkeepingRelay relay)
    {
        var poster = new Poster(server.Client, perSecond: 1);
        await Task.WhenAll(Enumerable.Range(1, Emails).Select(poster.PostAsync));
        await Eventually.IsTrueAsync("mail to be in flight", () => Task.FromResult(relay.Count > 0));
        return poster;
    }

    static async Task<Kept> KeptAsync(DatabaseUnderKills database, ServerProcess server)
    {
        await using var connection = await database.OpenAsync(server);
        return await Kept.ReadAsync(connection);
    }

    public sealed class Over_SQLite : Stopping_while_mail_is_in_flight
    {
        private protected override Task<DatabaseUnderKills> DatabaseAsync() =>
            Task.FromResult<DatabaseUnderKills>(new DatabaseUnderKills.Sqlite());
    }

    public sealed class Over_PostgreSQL : Stopping_while_mail_is_in_flight
    {
        private protected override async Task<DatabaseUnderKills> DatabaseAsync() =>
            await DatabaseUnderKills.Postgres.OnAsync(await PostgresServer.SharedAsync());
    }
}
