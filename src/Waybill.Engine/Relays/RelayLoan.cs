using Waybill.Engine.Routing;

namespace Waybill.Engine.Relays;

/// <summary>
/// A relay lent for one hand-over, with the place it has there. The relay is not closed before this is disposed of, though it may be
/// changed or removed meanwhile.
/// </summary>
internal sealed class RelayLoan(Relay relay) : IAsyncDisposable
{
    RelayAdmission.Granted? place;
    bool isReturned;

    public Relay Relay => relay;

    /// <summary>Whether this hand-over tries a relay that rests, alone.</summary>
    public bool IsProbe => place is { Probe: not null };

    /// <summary>Whether the relay has the message or may have it; else its place in the budget is given back.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Asks the relay for a place, which is left when this is disposed of.</summary>
    public async Task<RelayAdmission> AdmitAsync(DeliveryShare share, AtCap atCap, bool isInline, CancellationToken cancellationToken)
    {
        var admission = await relay.AdmitAsync(share, atCap, isInline, cancellationToken);
        place = admission as RelayAdmission.Granted;
        return admission;
    }

    /// <summary>What the hand-over showed of the relay itself.</summary>
    /// <param name="unreached">Why the relay was not reached, or did not answer; null when it did.</param>
    public void Learn(string? unreached) => relay.Learn(place!, unreached);

    public async ValueTask DisposeAsync()
    {
        if (isReturned) return;
        isReturned = true;
        try
        {
            if (place is { } held) await relay.LeaveAsync(held, IsTaken);
        }
        finally
        {
            relay.Return();
        }
    }
}
