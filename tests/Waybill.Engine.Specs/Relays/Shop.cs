using Waybill.Engine.Relays;
using Waybill.Smtp;

namespace Waybill.Engine.Specs.Relays;

/// <summary>Settings of a relay as a shop would enter them.</summary>
internal static class Shop
{
    public static RelaySettings Settings(string host = "mx.example", string? user = "shop") => new()
    {
        Route = new RelayRoute.Smtp(host, 587, RelaySecurity.StartTls, user, HeloName: null, Authorities: null),
        From = "shop@example.com",
    };

    /// <summary>By SMTP in clear, without signing in.</summary>
    public static RelaySettings Loopback(int port) => new()
    {
        Route = new RelayRoute.Smtp("127.0.0.1", port, RelaySecurity.None, User: null, HeloName: null, Authorities: null),
    };
}
