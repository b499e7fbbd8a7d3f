using System.Text.RegularExpressions;
using Waybill.Engine.Messages;

namespace Waybill.Screens.Pages.Messages;

/// <summary>
/// What to do about a reason: a pure function from the relay's or our own words to the key of a text. Where we do not know, we say nothing.
/// </summary>
public static partial class Advice
{
    /// <summary>What tells a reason, the more particular first.</summary>
    static readonly (string Key, Regex Sign)[] Signs =
    [
        ("advice.no-relay", NoRelay()),
        ("advice.invalid", Invalid()),
        ("advice.not-granted", NotGranted()),
        ("advice.removed", Removed()),
        ("advice.secrets", Secrets()),
        ("advice.locked", Locked()),
        ("advice.suppressed", Suppressed()),
        ("advice.cap", Cap()),
        ("advice.tls", Tls()),
        ("advice.credentials", Credentials()),
        ("advice.authentication", Authentication()),
        ("advice.blocklist", Blocklist()),
        ("advice.greylist", Greylist()),
        ("advice.full", Full()),
        ("advice.size", Size()),
        ("advice.domain", Domain()),
        ("advice.address", Address()),
        ("advice.sender", Sender()),
        ("advice.connection", Connection()),
    ];

    /// <summary>The key of what to do next; null: we do not know.</summary>
    /// <param name="status">Where the message stands, or stood then.</param>
    /// <param name="reason">Why.</param>
    public static string? For(MessageStatus status, string? reason) => status switch
    {
        MessageStatus.Held => "advice.held",
        MessageStatus.Complained => "advice.complained",
        MessageStatus.DroppedNoSmtp => "advice.no-relay",
        MessageStatus.Suppressed => "advice.suppressed",
        MessageStatus.SkippedNoEmail => "advice.no-email",
        MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Canceled or MessageStatus.Scheduled or MessageStatus.Sending => null,
        _ => reason is { Length: > 0 } ? Signs.FirstOrDefault(sign => sign.Sign.IsMatch(reason)).Key : null,
    };

    [GeneratedRegex("^RelayNotConfigured|no relay is configured", Options, 10_000)]
    private static partial Regex NoRelay();

    [GeneratedRegex("^SenderNotGranted", Options, 10_000)]
    private static partial Regex NotGranted();

    [GeneratedRegex("^InvalidAddress", Options, 10_000)]
    private static partial Regex Invalid();

    [GeneratedRegex("relay of this message .* was removed", Options, 10_000)]
    private static partial Regex Removed();

    [GeneratedRegex("secret values expired", Options, 10_000)]
    private static partial Regex Secrets();

    [GeneratedRegex("cannot be opened: the master key|has no password or API key", Options, 10_000)]
    private static partial Regex Locked();

    [GeneratedRegex("^RecipientSuppressed|suppressed|suppression list", Options, 10_000)]
    private static partial Regex Suppressed();

    [GeneratedRegex("(daily|monthly) cap of|4\\.7\\.28|(daily|sending|rate) (quota|limit)", Options, 10_000)]
    private static partial Regex Cap();

    [GeneratedRegex("certificate|\\bTLS\\b|STARTTLS", Options, 10_000)]
    private static partial Regex Tls();

    [GeneratedRegex(
        "^(334|432|454|530|534|535)\\b|\\b[45]\\.7\\.(8|9|11|12|13)\\b|authentication (failed|required|credentials)|invalid api "
            + "key|signing in", Options, 10_000)]
    private static partial Regex Credentials();

    [GeneratedRegex("\\b[45]\\.7\\.(20|21|22|23|24|25|26|27|30)\\b|\\b(DMARC|SPF|DKIM)\\b", Options, 10_000)]
    private static partial Regex Authentication();

    [GeneratedRegex("spamhaus|spamcop|barracuda|black ?list|block ?list|\\bRBL\\b|poor reputation", Options, 10_000)]
    private static partial Regex Blocklist();

    [GeneratedRegex("gr[ea]ylist|4\\.7\\.1\\b.*(later|again)|try again later|temporarily deferred", Options, 10_000)]
    private static partial Regex Greylist();

    [GeneratedRegex(
        "\\b[45]\\.2\\.2\\b|mailbox (is )?full|over ?quota|quota exceeded|^452\\b|insufficient (system )?storage", Options, 10_000)]
    private static partial Regex Full();

    [GeneratedRegex("\\b[45]\\.3\\.4\\b|\\b5\\.2\\.3\\b|too (large|big)|size (limit|exceeds)|exceeds? .*size", Options, 10_000)]
    private static partial Regex Size();

    [GeneratedRegex("\\b[45]\\.1\\.(2|10)\\b|domain (name )?(not found|does not exist)|NXDOMAIN|unrouteable", Options, 10_000)]
    private static partial Regex Domain();

    [GeneratedRegex(
        "\\b5\\.1\\.(1|3|6)\\b|\\b5\\.2\\.1\\b|(no such|unknown|invalid) (user|mailbox|recipient|address|local user)|user (unknown|not "
            + "found)|recipient (address )?rejected|does not exist|mailbox (unavailable|disabled)", Options, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(
        "\\b5\\.7\\.[01]\\b|\\b5\\.1\\.[78]\\b|relay(ing)? (access )?denied|not (allowed|permitted|authorized|verified|owned)|sender "
            + "(address )?rejected", Options, 10_000)]
    private static partial Regex Sender();

    [GeneratedRegex(
        "connect|timed? ?out|refused|unreachable|reset by peer|no such host|could not be (found|reached)|name "
            + "resolution|\\b[45]\\.4\\.[1-7]\\b|^421\\b", Options, 10_000)]
    private static partial Regex Connection();

    const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
