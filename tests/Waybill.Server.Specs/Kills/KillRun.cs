using System.Diagnostics;
using System.Globalization;
using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>Kills a server again and again while mail flows, then lets it finish in peace and takes stock.</summary>
internal sealed class KillRun(DatabaseUnderKills database, KillPlan plan)
{
    const int Killed = 137;
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    readonly List<Life> lives = [];

    public static Task<KillReport> OfAsync(DatabaseUnderKills database, KillPlan plan) => new KillRun(database, plan).RunAsync();

    async Task<KillReport> RunAsync()
    {
        await using var relay = BookkeepingRelay.Start(plan.Window);
        await using var server = await ServerProcess.StartAsync(new RelaySettings(database, relay).Of(NameOf(0)));
        using var enough = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var poster = new Poster(server.Client, plan.PerSecond);
        var posting = poster.PostAsync(enough.Token);

        var killing = KillAsync(server);
        await await Task.WhenAny(killing, posting); // a poster that is done already has failed
        await killing;
        await Eventually.IsTrueAsync(
            "enough emails to be posted", () => Task.FromResult(poster.Acknowledged.Count >= plan.AtLeast), plan.Patience);
        await enough.CancelAsync();
        await posting;
        var posted = Stopwatch.GetElapsedTime(started);

        await FinishAsync(server, relay);
        return await TakeStockAsync(server, relay, poster, posted);
    }

    // The first life makes the schema and is asked to go: SIGTERM under load is part of the run.
    async Task KillAsync(ServerProcess server)
    {
        if (plan.Deaths.Count == 0) return;
        await StopAsync(server);
        foreach (var death in plan.Deaths)
        {
            server.Launch(SettingsOf(death));
            await DieAsync(server, death);
        }
        await server.StartAgainAsync(SettingsOf(null));
    }

    async Task DieAsync(ServerProcess server, Death death)
    {
        var pid = server.Pid;
        if (death is Death.AfterReady) await server.BecomeReadyAsync();
        if (death is not Death.AtStep)
        {
            await Task.Delay(death is Death.AfterStart(var lived) ? lived : ((Death.AfterReady)death).Served);
            await server.KillAsync();
        }
        var code = await server.WaitForEndAsync();
        if (code != Killed) throw new InvalidOperationException($"It ended with {code} before {death}:\n{server.Output}");
        lives.Add(new(NameOf(lives.Count), pid, WasKilled: true));
    }

    /// <summary>Those of the next life.</summary>
    Dictionary<string, string> SettingsOf(Death? death) =>
        new(death is Death.AtStep(var step, var nth) ? KillHook.At(step, nth) : KillHook.Off, StringComparer.Ordinal)
        {
            ["Relay__HeloName"] = NameOf(lives.Count),
        };

    async Task StopAsync(ServerProcess server)
    {
        var pid = server.Pid;
        var code = await server.StopAsync();
        if (code != 0) throw new InvalidOperationException($"SIGTERM ended it with {code}:\n{server.Output}");
        lives.Add(new(NameOf(lives.Count), pid, WasKilled: false));
    }

    /// <summary>Waits until the relay has seen all it will see for now, looks, and lets a day pass while something still waits.</summary>
    async Task FinishAsync(ServerProcess server, BookkeepingRelay relay)
    {
        var started = Stopwatch.GetTimestamp();
        for (; ; )
        {
            await BecomeQuietAsync(relay);
            await StopAsync(server);
            await using (var connection = await database.OpenAsync(server))
            {
                if (await Kept.WaitingAsync(connection) == 0) return;
                if (Stopwatch.GetElapsedTime(started) > plan.Patience) return; // the verdict names what is left
                await database.LetADayPassAsync(connection);
            }
            await server.StartAgainAsync(SettingsOf(null));
        }
    }

    static async Task BecomeQuietAsync(BookkeepingRelay relay)
    {
        using var look = new PeriodicTimer(Quiet);
        var before = -1;
        while (relay.Count != before)
        {
            before = relay.Count;
            await look.WaitForNextTickAsync();
        }
    }

    async Task<KillReport> TakeStockAsync(ServerProcess server, BookkeepingRelay relay, Poster poster, TimeSpan posted)
    {
        await using var connection = await database.OpenAsync(server);
        var report = new KillReport(poster.Acknowledged, relay.Booked, await Kept.ReadAsync(connection), lives)
        {
            Complaints = await database.ComplaintsAsync(connection),
        };
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Name}, seed {plan.Seed}: {report.Acknowledged.Count} acknowledged at "
            + $"{report.Acknowledged.Count / posted.TotalSeconds:0}/s, {report.Kills} kills, {report.Booked.Count} accepted by the relay, "
            + $"{report.Duplicates} duplicates, {report.Recoveries} recoveries, {poster.Repeats} requests repeated"));
        return report;
    }

    static string NameOf(int life) => string.Create(CultureInfo.InvariantCulture, $"life-{life}.kills.example");
}
