namespace Waybill.Testing.Real;

/// <summary>A QR reader that is not ours (jsQR), as a judge.</summary>
public static class QrReader
{
    static readonly Lazy<Task<string>> Tool = new(() => NodeTool.InstallAsync("qr", "read.mjs"));

    /// <summary>The text of a code, whose rows are texts of 0 and 1; empty when it cannot be read.</summary>
    public static async Task<string> ReadAsync(IEnumerable<string> rows)
    {
        var run = await ProgramRun.OfAsync("node", [await Tool.Value, string.Join(',', rows)]);
        return run.ExitCode == 0 ? run.Text : throw new InvalidOperationException(run.Complaints);
    }
}
