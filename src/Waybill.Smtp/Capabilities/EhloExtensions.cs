using System.Globalization;
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

    static long? Limit(string[] words) =>
        words is [var word, ..] && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : null;
}
