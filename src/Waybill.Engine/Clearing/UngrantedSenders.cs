using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Clearing;

/// <summary>
/// Says once, at the start, which tenants posted mail lately and may send from no domain by the relays of the instance: a database of a
/// version that asked for no grant has such tenants.
/// </summary>
internal sealed partial class UngrantedSenders(
    Tenants tenants, RelayDirectory relays, TimeProvider clock, ILogger<UngrantedSenders> log) : BackgroundService
{
    static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (relays.Default.Transport is CaptureTransport or MockTransport) return; // nobody is refused
        try
        {
            var names = await tenants.UngrantedSinceAsync(clock.GetUtcNow() - Lately, stoppingToken);
            if (names.Count > 0) LogUngranted(string.Join(", ", names));
        }
        catch (StorageException)
        {
            // the database has more pressing trouble, which others tell of
        }
    }

    [LoggerMessage(2121, LogLevel.Warning,
        "These tenants posted mail in the last 30 days, and no sender domains are granted to them: {Tenants}. By the relays of the "
            + "instance they can send nothing until an operator grants them (Sender domains in the settings of the tenant)")]
    partial void LogUngranted(string tenants);
}
