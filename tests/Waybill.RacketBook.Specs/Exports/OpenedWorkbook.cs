using System.Text.Json;
using Waybill.Testing;

namespace Waybill.RacketBook.Specs.Exports;

/// <summary>A workbook as Python's openpyxl reads it.</summary>
static class OpenedWorkbook
{
    const string Script =
        """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        print(json.dumps({sheet.title: [[f"{type(cell.value).__name__}:{cell.value}" for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}))
        """;

    /// <summary>The sheets by name; a row is its cells, each as <c>type:value</c>.</summary>
    internal static async Task<Dictionary<string, string[][]>> ReadAsync(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "book.xlsx");
        await File.WriteAllBytesAsync(path, file);
        var run = await ProgramRun.OfAsync("/usr/bin/python3", ["-c", Script, path]);
        Assert.Equal((0, ""), (run.ExitCode, run.Complaints));
        return JsonSerializer.Deserialize<Dictionary<string, string[][]>>(run.Text)!;
    }
}
