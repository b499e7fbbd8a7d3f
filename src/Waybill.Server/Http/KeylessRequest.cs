using System.Net;

namespace Waybill.Server.Http;

/// <summary>
/// A request that needs no key to see the instance: it comes from this machine and no other program passed it on. The address alone does
/// not say so. A proxy on this machine brings strangers in, and a browser on it asks in the name of a page whose host name was pointed at
/// 127.0.0.1 (DNS rebinding).
/// </summary>
internal static class KeylessRequest
{
    /// <summary>What proxies add. Ours, for a proxy that the settings name, keeps what it read under X-Original-….</summary>
    static readonly string[] OfProxies =
    [
        "X-Forwarded", "X-Original-", "X-Envoy-", "X-Amzn-", "X-Azure-", "X-Real-", "X-Client-", "X-Cluster-", "X-ProxyUser-",
        "X-Appengine-", "X-Vercel-", "CF-", "Fly-", "Fastly-", "Akamai-", "True-Client-", "Client-IP", "Forwarded", "Via", "CDN-Loop",
        "Proxy-",
    ];

    /// <summary>Whether it is one.</summary>
    public static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host) && !context.Request.Headers.Keys.Any(IsOfProxy);

    /// <summary>Whether a host, as a request names it, is this machine for every machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));

    static bool IsOfProxy(string header) => OfProxies.Any(one => header.StartsWith(one, StringComparison.OrdinalIgnoreCase));
}
