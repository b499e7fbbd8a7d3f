using Waybill.Engine.Sharing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Relays;

/// <summary>Whether a relay takes one message more.</summary>
internal abstract record RelayAdmission
{
    private RelayAdmission() { }

    /// <summary>
    /// It may go now. <paramref name="PlaceTakenAt"/> is when its place in the budget was taken; null where a cap was reached and the
    /// stream tries all the same (<see cref="Routing.AtCap.Attempt"/>). To be given to <see cref="Relay.LeaveAsync"/> when the hand-over is
    /// over.
    /// </summary>
    public sealed record Granted(
        DateTimeOffset? PlaceTakenAt, TenantId Tenant, Places<TenantId>? Gate, Breaker.Probing? Probe) : RelayAdmission;

    /// <summary>
    /// The relay rests, a cap is reached, or its pace leaves no moment soon; it may be asked again when <paramref name="Wait"/> is over.
    /// </summary>
    public sealed record Later(TimeSpan Wait) : RelayAdmission;
}
