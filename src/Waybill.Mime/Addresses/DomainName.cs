using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>What stands after the @: a host name in A-labels (RFC 5890) or an address literal (RFC 5321 §4.1.3).</summary>
static class DomainName
{
    const int Longest = 253;
    const int LongestLabel = 63;
    const string IPv6Tag = "IPv6:";

    static readonly IdnMapping Idna = new() { UseStd3AsciiRules = true };
    static readonly SearchValues<char> LetterDigitHyphenDot = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    static readonly SearchValues<char> HexColonDot = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The problem with a domain as written, or null and its ASCII form in lower case.</summary>
    internal static string? Read(ReadOnlySpan<char> written, out string domain)
    {
        domain = "";
        if (written.IsEmpty) return "The address has nothing after the @.";
        if (written.Contains('@')) return $"The address has a second @, in {Visible.Quote(written)}.";
        return written[0] == '[' ? ReadLiteral(written, out domain) : ReadName(written, out domain);
    }

    /// <summary>The name in U-labels, for people to read; the ASCII form where it stands for nothing.</summary>
    internal static string Unicode(string domain)
    {
        if (!domain.Contains("xn--", StringComparison.Ordinal)) return domain;
        try
        {
            var unicode = Idna.GetUnicode(domain);
            return Idna.GetAscii(unicode) == domain ? unicode : domain;
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    static string? ReadName(ReadOnlySpan<char> written, out string domain)
    {
        domain = "";
        foreach (var rune in written.EnumerateRunes())
        {
            if (Visible.Hides(rune) || rune.Value is ' ' or '<' or '>' or 0xFFFD) return May(written, Visible.Name(rune));
        }
        if (ToAscii(written) is not { } ascii) return $"The domain {Visible.Quote(written)} is not an internationalised domain name.";
        if (Misshapen(ascii) is { } problem) return problem;
        domain = ascii;
        return null;
    }

    static string? Misshapen(string ascii)
    {
        if (ascii.AsSpan().IndexOfAnyExcept(LetterDigitHyphenDot) is var odd and >= 0) return May(ascii, $"\"{ascii[odd]}\"");
        if (ascii.Length > Longest) return $"The domain {Visible.Quote(ascii)} is longer than {Longest} characters.";
        foreach (var range in ascii.AsSpan().Split('.'))
        {
            var label = ascii.AsSpan(range);
            if (label.IsEmpty)
            {
                return $"The domain {Visible.Quote(ascii)} has an empty label: a dot at its start, at its end, or next to another dot.";
            }
            if (label.Length > LongestLabel)
            {
                return $"The label {Visible.Quote(label)} of the domain is longer than {LongestLabel} characters.";
            }
            if (label[0] == '-' || label[^1] == '-') return $"The label {Visible.Quote(label)} of the domain starts or ends with a hyphen.";
        }
        return null;
    }

    static string? ToAscii(ReadOnlySpan<char> written)
    {
        var text = written.ToString();
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        try
        {
            return Idna.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static string? ReadLiteral(ReadOnlySpan<char> written, out string domain)
    {
        domain = "";
        if (written[^1] == ']' && Canonical(written[1..^1]) is { } canonical) domain = $"[{canonical}]";
        return domain.Length > 0
            ? null
            : $"The address literal {Visible.Quote(written)} is neither like [192.0.2.1] nor like [IPv6:2001:db8::1].";
    }

    static string? Canonical(ReadOnlySpan<char> inner)
    {
        var six = inner.StartsWith(IPv6Tag, StringComparison.OrdinalIgnoreCase);
        var number = six ? inner[IPv6Tag.Length..] : inner;
        if (number.ContainsAnyExcept(HexColonDot) || !IPAddress.TryParse(number, out var parsed)) return null;
        if (six) return parsed.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6Tag + parsed : null;

        // IPAddress also reads 127.1 and octal numbers; only the four plain numbers mean the same to every peer.
        return parsed.AddressFamily == AddressFamily.InterNetwork && number.SequenceEqual(parsed.ToString()) ? parsed.ToString() : null;
    }

    static string May(ReadOnlySpan<char> written, string what) => $"The domain {Visible.Quote(written)} may not contain {what}.";
}
