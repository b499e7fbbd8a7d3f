using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Screens.Pages.Messages;

/// <summary>
/// What the HTML of a mail refers to: what a mail program might fetch, and where its links lead. For people to read; nothing is followed.
/// </summary>
/// <param name="Fetched">Pictures, styles and the like that lie elsewhere.</param>
/// <param name="Links">Links.</param>
public sealed partial record MailReferences(IReadOnlyList<string> Fetched, IReadOnlyList<string> Links)
{
    const int Most = 100;
    const int Longest = 500;

    /// <summary>Those of a mail; one without HTML has none.</summary>
    public static MailReferences Of(string? html)
    {
        var links = Anchors().Matches(html ?? "").Select(Address).ToHashSet(StringComparer.Ordinal);
        var all = Attributes().Matches(html ?? "").Concat(Styles().Matches(html ?? "")).Select(Address).Where(IsElsewhere);
        return new([.. all.Where(address => !links.Contains(address)).Distinct(StringComparer.Ordinal).Take(Most)], [.. links.Take(Most)]);
    }

    static bool IsElsewhere(string address) =>
        address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    static string Address(Match found)
    {
        var address = WebUtility.HtmlDecode(found.Groups["address"].Value.Trim('"', '\'')).Trim();
        return address.Length > Longest ? address[..Longest] + "…" : address;
    }

    [GeneratedRegex("<a\\b[^<>]{0,2000}?\\shref\\s*=\\s*(?<address>\"[^\"]*\"|'[^']*'|[^\\s>]+)", Options, 10_000)]
    private static partial Regex Anchors();

    [GeneratedRegex("\\s(src|href|background|poster|data|srcset|action)\\s*=\\s*(?<address>\"[^\"]*\"|'[^']*'|[^\\s>]+)", Options, 10_000)]
    private static partial Regex Attributes();

    [GeneratedRegex("(url\\(|@import)\\s*(?<address>\"[^\"]*\"|'[^']*'|[^\\s)]+)", Options, 10_000)]
    private static partial Regex Styles();

    const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
