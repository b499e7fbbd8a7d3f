using System.Buffers;
using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>What stands before the @: a dot-string of atoms or a quoted string (RFC 5321 §4.1.2), UTF-8 allowed (RFC 6531 §3.3).</summary>
static class LocalPart
{
    const int LongestInOctets = 64;

    static readonly SearchValues<char> Atext =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    /// <summary>Where the @ stands that ends the local part, or -1. An @ inside quotes does not count.</summary>
    internal static int End(ReadOnlySpan<char> text)
    {
        var from = text is ['"', ..] ? QuotedString.End(text) : 0;
        var at = text[from..].IndexOf('@');
        return at < 0 ? -1 : from + at;
    }

    /// <summary>The problem with a local part as written, or null and its value without quotes.</summary>
    internal static string? Read(ReadOnlySpan<char> written, out string value)
    {
        value = "";
        if (written.IsEmpty) return "The address has nothing before the @.";
        return written[0] == '"' ? ReadQuoted(written, out value) : ReadDotString(written, out value);
    }

    /// <summary>The wire form: quoted only where it must be.</summary>
    internal static string Write(string value) => IsDotString(value) ? value : QuotedString.Write(value);

    static string? ReadQuoted(ReadOnlySpan<char> written, out string value)
    {
        if (!QuotedString.TryRead(written, out value))
        {
            return $"The local part {Visible.Quote(written)} has a quote that does not close at its end.";
        }
        if (value.Length == 0) return "The address has nothing between the quotes before the @.";
        foreach (var rune in value.EnumerateRunes())
        {
            if (Visible.Hides(rune) || rune.Value is '<' or '>' or 0xFFFD) return May(written, rune);
        }
        return TooLong(value);
    }

    static string? ReadDotString(ReadOnlySpan<char> written, out string value)
    {
        value = "";
        foreach (var rune in written.EnumerateRunes())
        {
            if (!IsAtom(rune) && rune.Value != '.') return May(written, rune);
        }
        if (!IsDotString(written))
        {
            return $"The local part {Visible.Quote(written)} has a dot at its start, at its end, or next to another dot.";
        }
        value = written.ToString();
        return TooLong(value);
    }

    static string? TooLong(string value) => Encoding.UTF8.GetByteCount(Write(value)) <= LongestInOctets
        ? null
        : $"The local part {Visible.Quote(value)} is longer than {LongestInOctets} octets.";

    static bool IsDotString(ReadOnlySpan<char> text)
    {
        if (text is [] or ['.', ..] or [.., '.'] || text.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAtom(rune) && rune.Value != '.') return false;
        }
        return true;
    }

    static bool IsAtom(Rune rune) =>
        rune.IsAscii ? Atext.Contains((char)rune.Value) : rune.Value != 0xFFFD && !Visible.Hides(rune);

    static string May(ReadOnlySpan<char> written, Rune rune) =>
        $"The local part {Visible.Quote(written)} may not contain {Visible.Name(rune)}{(rune.Value == ' ' ? " outside quotes" : "")}.";
}
