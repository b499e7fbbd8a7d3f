using System.Net;
using Waybill.Server.Configuration;

namespace Waybill.Server.Hosting;

/// <summary>Which addresses the server listens on, and what that asks of the settings.</summary>
internal static class ListeningAddresses
{
    const string Standard = "http://localhost:8080";

    /// <summary>The addresses that were asked for (ASPNETCORE_URLS, --urls), else localhost:8080.</summary>
    /// <exception cref="WrongSettingsException">One cannot be listened on, or is open to others while PublicUrl is missing.</exception>
    public static IReadOnlyList<string> Read(IConfiguration configuration, Settings settings)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            throw new WrongSettingsException(
                "Kestrel:Endpoints cannot be used, for the control socket would be lost; set ASPNETCORE_URLS (--urls) instead.");
        var asked = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Length == 0) asked = [Standard];
        foreach (var url in asked) Check(url, configuration, settings);
        return asked;
    }

    static void Check(string url, IConfiguration configuration, Settings settings)
    {
        if (Parse(url) is not { } address)
            throw new WrongSettingsException(
                $"ASPNETCORE_URLS (--urls) names '{url}', which is not an address to listen on; write it like http://localhost:8080.");
        if (address.Scheme == "https" && configuration["Kestrel:Certificates:Default:Path"] is not { Length: > 0 })
            throw new WrongSettingsException(
                $"Kestrel:Certificates:Default:Path is missing; {url} needs a certificate. Or listen on http and let a proxy speak TLS.");
        if (settings.PublicUrl is null && !IsLoopback(address.Host))
            throw new WrongSettingsException(
                $"PublicUrl is missing. The server listens on {url}, which others can reach, and links cannot be built from what they claim it is called; set it to an address like https://mail.example.org.");
    }

    static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is
            {
                IsUnixPipe: false, IsNamedPipe: false, Scheme: "http" or "https", PathBase: "" or "/",
                Port: > 0 and <= 65535
            } ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
