using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Waybill.Server.Configuration;

namespace Waybill.Server.Http;

/// <summary>
/// What every link begins with: PublicUrl, else the loopback address that the server listens on, or would. Never the Host header.
/// </summary>
internal sealed class PublicAddress(Settings settings, IServer? server = null)
{
    /// <summary>Without a slash at its end.</summary>
    public string Url =>
        (settings.PublicUrl?.ToString() ?? Listening().FirstOrDefault() ?? Asked() ?? "http://localhost:8080").TrimEnd('/');

    /// <summary>The TCP addresses that the server listens on, once it does.</summary>
    public IEnumerable<string> Listening() => (server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Where(address => !address.Contains("unix:", StringComparison.Ordinal));

    /// <summary>Where a server would listen that is started as this verb was.</summary>
    static string? Asked() =>
        Environment.GetEnvironmentVariable(
            "ASPNETCORE_URLS")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
