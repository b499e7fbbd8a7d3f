using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Waybill.Engine.Fetching;

/// <summary>
/// What a URL must look like before Waybill fetches it or posts to it. Where it leads is judged later, by <see cref="AddressGuard"/>;
/// here is refused what two readers could read differently.
/// </summary>
public static class OutboundUrl
{
    const int LongestHost = 253; // RFC 1035 §2.3.4, without the root's dot
    const int LongestShownPath = 200;

    /// <summary>Reads a URL as somebody wrote it; the problem is a sentence.</summary>
    public static bool TryRead(string spelling, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem)
    {
        problem = Uri.TryCreate(spelling, UriKind.Absolute, out url) ? Objection(url) : "Waybill does not understand this URL.";
        if (problem is not null) url = null;
        return url is not null;
    }

    /// <summary>Why Waybill does not use a URL, as a sentence that holds neither its path nor its query; null when it does.</summary>
    public static string? Objection(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return "Waybill does not use URLs other than absolute ones that begin with http:// or https://.";
        if (url.UserInfo.Length > 0 || AuthorityAsWritten(url).Contains('@'))
            return "Waybill does not use URLs with a user name or password.";
        if (url.Port is < 1 or > 65535) return "Waybill does not use URLs whose port is not between 1 and 65535.";
        return HostOf(url) is { } host && IsPlain(host, url.HostNameType)
            ? null
            : "Waybill does not use URLs whose host is neither a plain name nor a plainly written address.";
    }

    /// <summary>A URL without its query and fragment, which may hold a secret, and cut short where its path is long. Only for URLs without
    /// an <see cref="Objection"/>.</summary>
    public static string Shown(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        var path = url.AbsolutePath.Length > LongestShownPath ? $"{url.AbsolutePath[..LongestShownPath]}…" : url.AbsolutePath;
        return $"{url.Scheme}://{host}{port}{path}";
    }

    static ReadOnlySpan<char> AuthorityAsWritten(Uri url)
    {
        var written = url.OriginalString.AsSpan();
        var start = written.IndexOf("//", StringComparison.Ordinal);
        if (start < 0) return [];
        written = written[(start + 2)..];
        var end = written.IndexOfAny("/\\?#");
        return end < 0 ? written : written[..end];
    }

    // IDNA turns full-width and circled digits and dots into plain ones: what it leaves is the name that will be connected to.
    static string? HostOf(Uri url)
    {
        try { return url.IdnHost; }
        catch (UriFormatException) { return null; }
    }

    static bool IsPlain(string host, UriHostNameType type) =>
        type == UriHostNameType.IPv6 ? !host.Contains('%') : IsPlainName(host) && (!EndsInNumber(host) || IsDottedQuad(host));

    static bool IsPlainName(string host) => host.Length is > 0 and <= LongestHost && host.Split('.').All(IsLabel);

    static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // Such a host is an IPv4 address to some readers, 127.1 and 0x7f000001 among them, a name to others (URL Standard, "ends in a number").
    static bool EndsInNumber(string host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        return last.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? last[2..].All(char.IsAsciiHexDigit)
            : last.All(char.IsAsciiDigit);
    }

    static bool IsDottedQuad(string host) => IPAddress.TryParse(host, out var address) && address.ToString() == host;
}
