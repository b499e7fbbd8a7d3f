using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Waybill.Testing.Real;

namespace Waybill.Bench.Rows;

/// <summary>Handing over 10 KB that are composed already, over 8 sessions, to smtp-sink; beside it smtp-source, written in C.</summary>
internal static class SendRow
{
    const int Sessions = 8;

    public static async Task<string> MeasureAsync(Asked asked)
    {
        await using var sink = await SmtpSink.StartAsync();
        var endpoint = new RelayEndpoint { Host = "127.0.0.1", Port = sink.Port, Security = RelaySecurity.None, HeloName = "bench.test" };
        var limits = new SessionPoolLimits { MaxSessions = Sessions, MaxMessagesPerSession = int.MaxValue };
        await using var pool = new SessionPool(endpoint, limits, TimeProvider.System);
        await TurnAsync(pool, asked.Messages);
        var rounds = await Rounds.TakeAsync(
            asked.Rounds,
            () => TurnAsync(pool, asked.Messages),
            () => AnchorProgram.RunAsync("smtp_source.sh", sink.Port, Sessions, asked.Messages, 10_240));
        return Invariant($"| SMTP hand-over, 10 KB, {Sessions} sessions | {rounds.Cells()} | {rounds.Cpu:0.00} CPU s/1000 |");
    }

    static async Task<Turn> TurnAsync(SessionPool pool, int messages)
    {
        var content = MessageContent.FromMemory(await SampleMessage.EncodeAsync(1));
        var envelope = new Envelope(Address.Parse("shop@example.com"), [Address.Parse("buyer@example.net")]);
        var (clock, cpu, next) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId), 0);
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) <= messages)
            {
                var handOver = await pool.HandOverAsync(envelope, content, CancellationToken.None);
                if (handOver.Outcomes[0] is not RecipientOutcome.Accepted) throw new InvalidOperationException(handOver.Dialogue);
            }
        })));
        return new(messages, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
    }
}
