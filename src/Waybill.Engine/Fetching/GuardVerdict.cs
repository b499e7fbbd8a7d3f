namespace Waybill.Engine.Fetching;

/// <summary>Whether Waybill may open a connection to an address.</summary>
public abstract record GuardVerdict
{
    GuardVerdict() { }

    /// <summary>A public unicast address, or one that the operator let in by name.</summary>
    public sealed record Allowed : GuardVerdict;

    /// <summary>Never to be connected to.</summary>
    /// <param name="Reason">A clause with the address as its subject and without a full stop: "10.0.0.5 is private (10.0.0.0/8)".</param>
    public sealed record Forbidden(string Reason) : GuardVerdict;
}
