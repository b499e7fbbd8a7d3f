using System.Globalization;

namespace Waybill.Bench.Measuring;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessFigures
{
    /// <summary>User and system time; the kernel counts it in hundredths of a second.</summary>
    public static TimeSpan CpuTime(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ');
        return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / 100.0);
    }

    /// <summary>A line of /proc/PID/status in MiB: RssAnon is what only this process holds and no file backs.</summary>
    public static double Memory(int pid, string kind)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(kind + ":", StringComparison.Ordinal));
        return Number(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    }

    /// <summary>The load of the last minute: above the number of cores, figures are too low.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
