using System.Diagnostics;
using System.Globalization;
using Waybill.Bench.Measuring;
using Waybill.Testing;

namespace Waybill.Bench.Subjects;

/// <summary>A program of bench/anchors; its last line says how many it did in how many seconds.</summary>
internal static class AnchorProgram
{
    public static async Task<Turn> RunAsync(string program, params object[] arguments)
    {
        var words = arguments.Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        var start = new ProcessStartInfo(Repository.PathOf("bench/anchors/" + program), words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || lines.Length == 0) throw new InvalidOperationException($"The anchor {program} failed.");
        var figures = lines[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new((int)figures[0], TimeSpan.FromSeconds(figures[1]));
    }
}
