using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.RacketBook.Receipts;
using Waybill.Testing;

namespace Waybill.Bench.Rows;

/// <summary>
/// A receipt as PDF with its font embedded, in a warm process and on one thread; beside it WeasyPrint with the same words and the same
/// font.
/// </summary>
internal static class ReceiptRow
{
    static readonly Receipt Usual = new()
    {
        Locale = "en",
        Number = "2026-0042",
        Business =
            new("Court Side Strings", ["Seestrasse 12", "8002 Zürich", "+41 44 000 00 00", "ann@strings.example", "strings.example"]),
        Client = "Zoë Größenwahn-Ørsted",
        Racket = new("Wilson", "Blade 98", 98, "16x19", "PA98_2023_45"),
        Main = new("Babolat", "RPM Blast", "1.25", 24, 18.5m, IsClients: false),
        Cross = new("Luxilon", "Alu Power", "1.30", 23, 12, IsClients: false, "silver"),
        Labour = 25,
        Ordered = new(2026, 4, 20),
        Strung = new(2026, 4, 21),
        DynamicTension = 36.5m,
        Comment = "Grommets worn at 3 o'clock: replace them next time. The grip is loose at its end.",
    };

    public static async Task<string> MeasureAsync(Asked asked)
    {
        var largest = 0;
        Turn();
        var fonts = Repository.PathOf("src/Waybill.Documents/Fonts");
        var rounds =
            await Rounds.TakeAsync(
                asked.Rounds, () => Task.FromResult(Turn()), () => AnchorProgram.RunAsync("weasyprint_receipt.py", asked.Seconds, fonts));
        return Invariant(
            $"| receipt, PDF with embedded font | {rounds.Cells()} | at most {largest / 1024.0:0.0} KB each, {rounds.Cpu:0.00} CPU s/1000 |");

        Turn Turn()
        {
            var (clock, cpu, count) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId), 0);
            for (; clock.Elapsed.TotalSeconds < asked.Seconds; count++)
                largest =
                    Math.Max(
                        largest,
                        ReceiptPaper.Print(
                            Usual with { Number = Invariant($"2026-{count:0000}"), Client = Invariant($"Zoë Größenwahn-Ørsted {count}") },
                            logo: null).Length);
            return new(count, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
        }
    }
}
