using System.Net;
using Waybill.Server.Configuration;

namespace Waybill.Server.Hosting;

/// <summary>Which addresses the server listens on, and what that asks of the settings.</summary>
internal static class ListeningAddresses
{
    const string Standard = "http://localhost:8080";

    /// <summary>The addresses that were asked for (ASPNETCORE_URLS, --urls), else localhost:8080.</summary>
    /// <exception cref="WrongSettingsException">One is not an address, or is open to others while PublicUrl is missing.</exception>
    public static IReadOnlyList<string> Read(IConfiguration configuration, Settings settings)
    {
        var asked = (configuration["urls"] ?? Standard).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in asked) Check(url, settings);
        return asked;
    }

    static void Check(string url, Settings settings)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new WrongSettingsException($"'{url}' is not an address to listen on; write it like http://localhost:8080.");
        }

        if (settings.PublicUrl is null && !IsLoopback(address.Host))
            throw new WrongSettingsException($"PublicUrl is missing. The server listens on {url}, which others can reach, and links cannot be built from what they claim it is called; set it to an address like https://mail.example.org.");
    }

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
