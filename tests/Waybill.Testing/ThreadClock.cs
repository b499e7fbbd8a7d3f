using System.Runtime.InteropServices;

namespace Waybill.Testing;

/// <summary>How long the calling thread computed (CLOCK_THREAD_CPUTIME_ID): a busy machine does not make it longer.</summary>
public static partial class ThreadClock
{
    const int OfThisThread = 3;

    /// <summary>Since the thread began.</summary>
    public static TimeSpan Now => GetTime(OfThisThread, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : throw new InvalidOperationException("The system does not tell how long a thread computed.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    readonly record struct Time(long Seconds, long Nanoseconds);
}
