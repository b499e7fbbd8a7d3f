using System.Text.RegularExpressions;

namespace Waybill.Server.Admin;

/// <summary>The HTML of a mail as a frame of ours may show it; the rest of the cage is the policy that it is answered with.</summary>
internal static partial class MailDocument
{
    /// <summary>What is shown of it.</summary>
    /// <param name="html">The mail's.</param>
    /// <param name="isDark">As it looks to those who prefer dark: a frame would have the light of the page around it.</param>
    public static string Shown(string html, bool isDark) =>
        Reaching().Replace(Preference().Replace(html, isDark ? "min-width:0" : "max-width:0"), "<no");

    /// <summary>The sheet of a mail asks what the reader prefers; the choice beside the frame answers, not the operator's own.</summary>
    [GeneratedRegex(@"prefers-color-scheme\s*:\s*dark", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Preference();

    /// <summary>
    /// What has a browser connect before any policy is asked (<c>rel=preconnect</c>, the address of a frame): that alone would tell
    /// somebody that the mail was looked at. Under another name it is an element like any other, and the rest of the mail stays as it is.
    /// </summary>
    [GeneratedRegex("<(?=(link|iframe|frame|object|embed|base)[\\s/>])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Reaching();
}
