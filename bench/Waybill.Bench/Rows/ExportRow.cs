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
        MeasureAsync(asked, "XLSX", "openpyxl_orders.py", (desk, book, to) => desk.WriteWorkbookAsync(book.Book, to, CancellationToken.None));

    public static Task<string> MeasureJsonAsync(Asked asked) =>
        MeasureAsync(asked, "JSON", "json_orders.py", (desk, book, to) => desk.WriteJsonAsync(book.Book, to, CancellationToken.None));

    static async Task<string> MeasureAsync(Asked asked, string name, string anchor, Func<ExportDesk, StringersBook, Stream, Task> export)
    {
        await using var book = await StringersBook.MakeAsync(Orders);
        var desk = new ExportDesk(book.Database, TimeProvider.System);
        var octets = 0L;
        await TurnAsync();
        var rounds = await Rounds.TakeAsync(asked.Rounds, TurnAsync, () => AnchorProgram.RunAsync(anchor, asked.Seconds, book.Path));
        return Invariant($"| export of {Orders:N0} orders, {name} | {rounds.Cells()} | {Orders / rounds.Rate:0.00} s a file of {octets / 1048576.0:0.0} MiB, {rounds.Cpu:0.000} CPU s/1000 |");

        async Task<Turn> TurnAsync()
        {
            var (clock, cpu, count) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId), 0);
            for (; clock.Elapsed.TotalSeconds < asked.Seconds; count += Orders)
            {
                await using var file = File.Create(Path.Combine(Path.GetTempPath(), "export"));
                await export(desk, book, file);
                octets = file.Length;
            }

            return new(count, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
        }
    }
}
