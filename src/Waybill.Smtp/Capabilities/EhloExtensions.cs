using System.Globalization;
using Waybill.Mime.Addresses;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Capabilities;

/// <summary>The service extensions in a relay's reply to EHLO (RFC 5321 §2.2), of those that we use.</summary>
sealed record EhloExtensions
{
    /// <summary>Several commands in one write (RFC 2920).</summary>
    public bool Pipelining { get; private init; }

    public bool StartTls { get; private init; }

    /// <summary>Addresses beyond ASCII (RFC 6531).</summary>
    public bool SmtpUtf8 { get; private init; }

    /// <summary>Whether SIZE may be announced (RFC 1870).</summary>
    public bool Size { get; private init; }

    /// <summary>The most octets the relay takes; null when it names no limit.</summary>
    public long? SizeLimit { get; private init; }

    /// <summary>The AUTH mechanisms (RFC 4954), in capital letters.</summary>
    public IReadOnlyList<string> SignIns { get; private init; } = [];

    /// <summary>
    /// Why the relay would refuse a message, so that it need not be asked (RFC 1870 §6.1, RFC 6531 §3.1); null: it may be asked.
    /// </summary>
    public RecipientOutcome.Refused? ObjectionTo(Address? reversePath, MessageContent content)
    {
        if (content.Length > SizeLimit) return TooBig(content.Length, SizeLimit.Value);
        if (ObjectionTo(reversePath, "The sender's address") is { } objection) return objection;
        return content.NeedsSmtpUtf8 && !SmtpUtf8 ? NeedsSmtpUtf8("An address in the message's headers") : null;
    }

    /// <summary>Why the relay would refuse an address; null: it may be asked.</summary>
    public RecipientOutcome.Refused? ObjectionTo(Address? address, string whose = "The address") =>
        address is { NeedsSmtpUtf8: true } && !SmtpUtf8 ? NeedsSmtpUtf8(whose) : null;

    public static EhloExtensions In(Reply hello) =>
        hello.Text.Split('\n').Skip(1).Aggregate(new EhloExtensions(), (extensions, line) => extensions.With(line));

    // Old servers write "AUTH=LOGIN" beside or instead of "AUTH LOGIN".
    EhloExtensions With(string line)
    {
        var words = line.ToUpperInvariant().Replace("AUTH=", "AUTH ", StringComparison.Ordinal);
        return words.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["PIPELINING", ..] => this with { Pipelining = true },
            ["STARTTLS", ..] => this with { StartTls = true },
            ["SMTPUTF8", ..] => this with { SmtpUtf8 = true },
            ["SIZE", .. var limit] => this with { Size = true, SizeLimit = Limit(limit) },
            ["AUTH", .. var mechanisms] => this with { SignIns = [.. SignIns, .. mechanisms] },
            _ => this,
        };
    }

    static RecipientOutcome.Refused TooBig(long length, long limit) => new(
        null, string.Create(CultureInfo.InvariantCulture, $"5.3.4 The message has {length} octets, and the relay takes {limit} at most."));

    static RecipientOutcome.Refused NeedsSmtpUtf8(string whose) =>
        new(null, $"5.6.7 {whose} needs a relay that offers SMTPUTF8, and this one does not.");

    static long? Limit(string[] words) =>
        words is [var word, ..] && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : null;
}
