using System.Diagnostics;

namespace Waybill.Server.Admin.Health;

/// <summary>When this process began.</summary>
internal sealed class Beginning
{
    /// <summary>The instant, as the system has it.</summary>
    public DateTimeOffset At { get; } = Read();

    static DateTimeOffset Read()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUniversalTime();
    }
}
