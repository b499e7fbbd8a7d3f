using Waybill.Engine.Clearing;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Suppression;

namespace Waybill.Engine.Sending;

/// <summary>Finds what <see cref="Clearance.BeforeHandOver"/> has to know: who is suppressed, and whether its tenant may send so.</summary>
internal sealed class HandOverGate(SuppressionList suppressions, SenderGate senders, TimeProvider clock)
{
    /// <summary>What was looked up longer ago than this is looked up again.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    public async Task<Clearance> ClearAsync(Work work, StreamPolicy stream, Relay relay, CancellationToken stopping)
    {
        var suppressed = await SuppressedAsync(work, stream, stopping);
        var objection = await senders.ObjectionAsync(
            work.Claim.Tenant, work.Snapshot.Inputs, work.Claim.Stream, work.CausedBy, relay, stopping);
        return Clearance.BeforeHandOver(stream, relay.IsConfigured, work.Recipients, suppressed, objection);
    }

    /// <summary>What was found when the message was loaded, unless it has waited since.</summary>
    async Task<IReadOnlyDictionary<string, SuppressedAddress>> SuppressedAsync(
        Work work, StreamPolicy stream, CancellationToken stopping)
    {
        if (!stream.AsksSuppressionList || clock.GetElapsedTime(work.LoadedAt) <= Fresh) return work.Suppressed;
        var addresses = work.Waiting.Select(recipient => recipient.Address).ToArray();
        return await suppressions.StoppedAsync(work.Claim.Tenant, stream.Name, addresses, stopping);
    }
}
