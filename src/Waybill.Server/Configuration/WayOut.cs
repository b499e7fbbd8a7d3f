using Waybill.Engine.Relays;
using Waybill.Smtp;

namespace Waybill.Server.Configuration;

/// <summary>Where mail goes that names no relay of its own: what Email:Provider and the SMTP_* contract come to.</summary>
internal abstract record WayOut
{
    private WayOut() { }

    /// <summary>Nowhere: it is kept.</summary>
    /// <param name="IsChosen">Whether the settings ask for it, or for nothing at all.</param>
    public sealed record Capture(bool IsChosen) : WayOut;

    /// <summary>Nowhere: it is kept, and printed on the console.</summary>
    public sealed record Mock : WayOut;

    /// <summary>To a relay by SMTP.</summary>
    public sealed record Smtp(RelayEndpoint Endpoint) : WayOut;

    /// <summary>To a server that speaks Resend's API.</summary>
    public sealed record Resend(ResendAccount Account) : WayOut;
}
