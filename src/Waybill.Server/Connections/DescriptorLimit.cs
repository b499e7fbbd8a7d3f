using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Waybill.Server.Connections;

/// <summary>
/// How many files, sockets among them, this process may have open. The runtime has raised the soft limit to the hard one when we first
/// look.
/// </summary>
internal static class DescriptorLimit
{
    /// <summary>
    /// The runtime keeps two open for each of its libraries, some 350 in all; what is left below this would serve nobody.
    /// </summary>
    public const int Least = 512;

    const string Limits = "/proc/self/limits";
    const string OpenFiles = "Max open files";
    const int StandardError = 2;

    /// <summary>The limit; null where the system does not say.</summary>
    public static int? Read() => File.Exists(Limits) ? In(File.ReadAllText(Limits)) : null;

    /// <summary>The soft limit of open files in the text of <c>/proc/self/limits</c>; null where there is none.</summary>
    public static int? In(string limits)
    {
        var start = limits.IndexOf(OpenFiles, StringComparison.Ordinal);
        if (start < 0) return null;
        var figure = limits.AsSpan(start + OpenFiles.Length).TrimStart(' ');
        var end = figure.IndexOf(' ');
        return end > 0 && long.TryParse(figure[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? (int)Math.Min(limit, int.MaxValue)
            : null;
    }

    /// <summary>
    /// Says so, and whether it did, where the limit is too low to start with: not by the console, whose libraries could not be loaded then.
    /// </summary>
    public static bool IsTooLowAndSaid()
    {
        if (Read() is not { } limit || limit >= Least) return false;
        using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
        using var complaints = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        complaints.Write(Encoding.UTF8.GetBytes(Sentence(limit) + "\n"));
        return true;
    }

    /// <summary>What is said where the limit is too low.</summary>
    public static string Sentence(int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"Waybill cannot start: this process may have {limit} files open (RLIMIT_NOFILE), and Waybill needs at least {Least}, better 4096 or more. Raise the limit with `ulimit -n 4096` in the shell, LimitNOFILE=65536 in a systemd unit, or --ulimit nofile=65536 for a container.");
}
