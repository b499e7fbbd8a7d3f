using System.Diagnostics;
using System.Globalization;
using Waybill.Bench.Load;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;

namespace Waybill.Bench.Rows;

/// <summary>
/// POST /emails from 64 clients, 1 KiB each, every answer after its fsync; beside it inserts of 1 KiB that commit one by one. Either the
/// whole product, which delivers (captures) what it accepts meanwhile, or acceptance alone: messages that are scheduled for next week.
/// </summary>
internal sealed class AcceptRow(Asked asked)
{
    const int Octets = 1024;

    /// <summary>Enough for the compiler to be done with what it compiles twice: a server that has run for a while is measured.</summary>
    const int WarmUp = 40_000;

    readonly List<double> slowest = [];
    readonly List<double> middle = [];

    public async Task<string> MeasureAsync(bool delivers)
    {
        await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
        await using var server = await ServerUnderTest.StartAsync(database);
        var load = new PostingLoad(server.Address, server.ApiKey);
        var nextWeek = TimeProvider.System.GetUtcNow().AddDays(7).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var request = load.Request(Octets, delivers ? null : nextWeek);
        load.Run(request, TimeSpan.FromMinutes(2), WarmUp);
        await server.Journal.WaitUntilSettledAsync();

        var rounds = await Rounds.TakeAsync(asked.Rounds, () => TurnAsync(server, load, request), () => AnchorAsync(server.Journal));
        var name = delivers ? "durable accept, delivering meanwhile" : "durable accept alone";
        var latency = Invariant($"p50 {Rounds.Median(middle):0.0} ms, p99 {Rounds.Median(slowest):0.0} ms");
        return Invariant($"| {name}, {asked.Database} | {rounds.Cells()} | {latency}, {rounds.Cpu:0.00} server CPU s/1000 |");
    }

    /// <summary>Afterwards everything is delivered before the anchor's turn, or the anchor would pay for it.</summary>
    async Task<Turn> TurnAsync(ServerUnderTest server, PostingLoad load, byte[] request)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(server.Pid));
        var took = load.Run(request, TimeSpan.FromSeconds(asked.Seconds));
        var turn = new Turn(took.Count, clock.Elapsed, ProcessFigures.CpuTime(server.Pid) - cpu);
        var sorted = took.Order().ToArray();
        middle.Add(sorted[sorted.Length / 2].TotalMilliseconds);
        slowest.Add(sorted[sorted.Length * 99 / 100].TotalMilliseconds);
        var left = await server.Journal.CountAsync("SELECT count(*) FROM outbox WHERE scheduled = 0");
        var wait = await server.Journal.WaitUntilSettledAsync();
        Progress.Tell($"p99 {slowest[^1]:0.0} ms; {left} of {took.Count} waited for delivery, settled {wait.TotalSeconds:0.0} s later");
        return turn;
    }

    Task<Turn> AnchorAsync(JournalDatabase journal) => journal.Port is { } port
        ? AnchorProgram.RunAsync("postgres_insert.sh", port, PostingLoad.Clients, asked.Seconds)
        : AnchorProgram.RunAsync("sqlite_insert.py", asked.Seconds);
}
