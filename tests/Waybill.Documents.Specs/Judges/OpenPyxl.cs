using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Documents.Specs.Judges;

/// <summary>
/// What Python's openpyxl reads in the first sheet of a workbook: a row a text, each cell as <c>type:value</c>. It leaves ST_Xstring's
/// escapes to its caller.
/// </summary>
static class OpenPyxl
{
    const string Script =
        """
        import json, sys, openpyxl
        from openpyxl.utils.escape import unescape
        sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
        print(json.dumps(["|".join(f"{type(cell.value).__name__}:{unescape(str(cell.value))}" for cell in row) for row in sheet.iter_rows()]))
        """;

    internal static async Task<string[]> ReadAsync(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "book.xlsx");
        await File.WriteAllBytesAsync(path, file);
        var run = await ProgramRun.OfAsync("/usr/bin/python3", ["-c", Script, path]);
        Assert.Equal((0, ""), (run.ExitCode, run.Complaints));
        return JsonSerializer.Deserialize<string[]>(run.Text)!;
    }
}
