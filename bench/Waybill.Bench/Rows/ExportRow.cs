using System.Diagnostics;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.RacketBook.Exports;

namespace Waybill.Bench.Rows;

/// <summary>
/// The export of 10,000 orders from the database to the last byte of the file, on one thread; beside it Python, which reads the same
/// database and writes the same rows with openpyxl's write-only mode, or the same document with its json.
/// </summary>
internal static class ExportRow
{
    const int Orders = 10_000;

    public static Task<string> MeasureWorkbookAsync(Asked asked) =>
        MeasureAsync(
            asked, "XLSX beside openpyxl", (desk, book, to) => desk.WriteWorkbookAsync(book.Book, to, CancellationToken.None),
            "openpyxl_orders.py");

    public static Task<string> MeasureJsonAsync(Asked asked, string how) =>
        MeasureAsync(
            asked, $"JSON beside json.{how}", (desk, book, to) => desk.WriteJsonAsync(book.Book, to, CancellationToken.None),
            "json_orders.py", how);

    static async Task<string> MeasureAsync(
        Asked asked, string name, Func<ExportDesk, StringersBook, Stream, Task> export, string anchor, params string[] words)
    {
        await using var book = await StringersBook.MakeAsync(Orders);
        var desk = book.Exports;
        using var whole = new MemoryStream();
        await export(desk, book, whole);
        await TurnAsync();
        var rounds =
            await Rounds.TakeAsync(asked.Rounds, TurnAsync, () => AnchorProgram.RunAsync(anchor, [asked.Seconds, book.Path, .. words]));
        var (seconds, size) = (Orders / rounds.Rate, whole.Length / 1048576.0);
        return Invariant(
            $"| export of {Orders:N0} orders, {name} | {rounds.Cells()} | {seconds:0.00} s a file of {size:0.0} MiB, {rounds.Cpu:0.000} CPU s/1000 |");

        async Task<Turn> TurnAsync()
        {
            var (clock, cpu, count) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId), 0);
            // The file is on disk before it goes anywhere: it need not be written there once more.
            for (; clock.Elapsed.TotalSeconds < asked.Seconds; count += Orders) await export(desk, book, Stream.Null);
            return new(count, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
        }
    }
}
