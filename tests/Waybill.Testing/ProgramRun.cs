using System.Diagnostics;
using System.Text;

namespace Waybill.Testing;

/// <summary>What a program that ran to its end left: its exit code (137 after SIGKILL), its raw output, its complaints.</summary>
public sealed record ProgramRun(int ExitCode, byte[] Output, string Complaints)
{
    /// <summary>The output as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>
    /// Runs a program to its end, with these variables in the environment (an empty value takes one away); after a minute it is killed.
    /// </summary>
    public static async Task<ProgramRun> OfAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        using var process = Start(program, arguments, settings, folder);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        var complaints = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // or a child of its would keep the pipes open
        await using var stop = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync();
        await copying;
        return new(process.ExitCode, output.ToArray(), await complaints);
    }

    internal static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (value.Length == 0) start.Environment.Remove(key);
            else start.Environment[key] = value;
        }
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
