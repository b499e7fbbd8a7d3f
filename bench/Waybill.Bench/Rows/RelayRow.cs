using System.Diagnostics;
using System.Globalization;
using Waybill.Bench.Load;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Testing.Real;

namespace Waybill.Bench.Rows;

/// <summary>
/// From the first POST until the last message is settled: 8 KiB each, accepted, composed, sent to smtp-sink over plain loopback, every row
/// of the journal written; or the licence mail, written from its template. Beside it nodemailer composing and sending the same to the same
/// sink, remembering nothing.
/// </summary>
internal sealed class RelayRow(Asked asked, bool isTemplated = false)
{
    const int Octets = 8 * 1024;
    const int Sessions = 8;

    /// <summary>Until then a fifth of the processor's time goes into compiling.</summary>
    const int WarmUpTurns = 4;

    public async Task<string> MeasureAsync()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
        await using var server = await ServerUnderTest.StartAsync(database, new Dictionary<string, string>
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        var load = new PostingLoad(server.Address, server.ApiKey);
        var request = await RequestAsync(server, load);
        for (var turn = 0; turn < WarmUpTurns; turn++) await TurnAsync(server, load, request);
        var rounds = await Rounds.TakeAsync(
            asked.Rounds,
            () => TurnAsync(server, load, request),
            () => AnchorProgram.RunAsync("nodemailer_pool.mjs", sink.Port, Sessions, asked.Messages / 2, Octets));
        await EnsureAllWereSentAsync(server.Journal);
        var further = Invariant($"{rounds.Cpu:0.00} server CPU s/1000, {Sessions} sessions, {asked.Messages} messages a round");
        return $"| accept → smtp-sink, {(isTemplated ? "licence mail from its template" : "8 KiB")}, {asked.Database} | {rounds.Cells()} | "
            + $"{further} |";
    }

    async Task<byte[]> RequestAsync(ServerUnderTest server, PostingLoad load)
    {
        if (!isTemplated) return load.Request(Octets);
        using var client = new HttpClient
        {
            BaseAddress = server.Address,
            DefaultRequestHeaders = { Authorization = new("Bearer", server.ApiKey) }
        };
        await LicenceMail.PublishAsync(client);
        return load.Request("licence", LicenceMail.Data[0]);
    }

    async Task<Turn> TurnAsync(ServerUnderTest server, PostingLoad load, byte[] request)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(server.Pid));
        var accepted = load.Run(request, TimeSpan.FromMinutes(5), asked.Messages);
        var acceptedAfter = clock.Elapsed;
        await server.Journal.WaitUntilSettledAsync();
        Progress.Tell($"accepted after {acceptedAfter.TotalSeconds:0.0} s, settled after {clock.Elapsed.TotalSeconds:0.0} s");
        return new(accepted.Count, clock.Elapsed, ProcessFigures.CpuTime(server.Pid) - cpu);
    }

    static async Task EnsureAllWereSentAsync(JournalDatabase journal)
    {
        var others = await journal.CountAsync("SELECT count(*) FROM messages WHERE status <> 'sent'");
        if (others > 0) throw new InvalidOperationException($"{others} messages are not sent.");
    }
}
