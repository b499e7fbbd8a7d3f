using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;

namespace Waybill.Bench.Rows;

/// <summary>Writing a 10 KB message of text and HTML, on one thread; beside it nodemailer's composer on the same parts.</summary>
internal static class ComposeRow
{
    public static async Task<string> MeasureAsync(Asked asked)
    {
        await TurnAsync(asked.Seconds);
        var rounds = await Rounds.TakeAsync(
            asked.Rounds,
            () => TurnAsync(asked.Seconds),
            () => AnchorProgram.RunAsync("nodemailer_compose.mjs", asked.Seconds, SampleMessage.PartOctets));
        var octets = (await SampleMessage.EncodeAsync(0)).Length;
        return Invariant($"| compose {octets:N0} octets, library | {rounds.Cells()} | {rounds.Cpu:0.00} CPU s/1000 |");
    }

    static async Task<Turn> TurnAsync(int seconds)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId));
        var count = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; count++) _ = await SampleMessage.EncodeAsync(count);
        return new(count, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
    }
}
