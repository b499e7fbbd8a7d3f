using System.Buffers;
using System.Globalization;

namespace Waybill.Templates.Render;

/// <summary>Makes values harmless where they stand.</summary>
internal static class Escaping
{
    /// <summary>What turns the direction of the text that follows, and so could forge what stands beside a value.</summary>
    const string Turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    static readonly string Controls =
        string.Concat(Enumerable.Range(0, 0xa0).Where(code => code is < 0x20 or >= 0x7f).Select(code => (char)code));

    static readonly string NoCharacters =
        string.Concat(Enumerable.Range(0xfdd0, 32).Append(0xfffe).Append(0xffff).Select(code => (char)code));

    static readonly SearchValues<char> InHtml = SearchValues.Create("&<>\"'" + Turning + Controls + NoCharacters);
    static readonly SearchValues<char> InText = SearchValues.Create(Turning + Controls + NoCharacters + "\u2028\u2029");
    static readonly SearchValues<char> InLink =
        SearchValues.Create(string.Concat(Enumerable.Range(0x21, 0x5e).Select(code => (char)code).Except("\"'<>\\^`{|}&")));
    static readonly SearchValues<char> InPath =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/@:+,");
    static readonly SearchValues<char> InQuery = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    /// <summary>For the text and the attributes of HTML alike.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="text">The value.</param>
    /// <param name="lineEnd">What stands for the end of a line.</param>
    public static void WriteHtml(Output to, ReadOnlySpan<char> text, string lineEnd = "\n")
    {
        for (int at; (at = text.IndexOfAny(InHtml)) >= 0; text = text[(at + 1)..])
        {
            to.Write(text[..at]);
            to.Write(Entity(text[at], lineEnd));
        }

        to.Write(text);
    }

    /// <summary>For plain text.</summary>
    public static void WriteText(Output to, ReadOnlySpan<char> text, string lineEnd)
    {
        for (int at; (at = text.IndexOfAny(InText)) >= 0; text = text[(at + 1)..])
        {
            to.Write(text[..at]);
            to.Write(Harmless(text[at], lineEnd));
        }

        to.Write(text);
    }

    /// <summary>A whole link, whose scheme was looked at.</summary>
    public static void WriteLink(Output to, ReadOnlySpan<char> link, bool isHtml)
    {
        for (int at; (at = link.IndexOfAnyExcept(InLink)) >= 0;)
        {
            to.Write(link[..at]);
            link = link[at..];
            var taken = link[0] == '&'
                ? Ampersand(to, isHtml)
                : link[0] == '|' ? Percent(to, link) : link[0] > 0x9f ? Foreign(to, link) : Percent(to, link);
            link = link[taken..];
        }

        to.Write(link);
    }

    /// <summary>A value inside a link that begins with something fixed.</summary>
    public static void WriteInLink(Output to, ReadOnlySpan<char> value, bool isQuery)
    {
        var allowed = isQuery ? InQuery : InPath;
        for (int at; (at = value.IndexOfAnyExcept(allowed)) >= 0;)
        {
            to.Write(value[..at]);
            value = value[at..];
            value = value[Percent(to, value)..];
        }

        to.Write(value);
    }

    static int Ampersand(Output to, bool isHtml)
    {
        to.Write(isHtml ? "&amp;" : "&");
        return 1;
    }

    /// <summary>Letters of other scripts may stand in a link as they are; what turns or breaks text may not.</summary>
    static int Foreign(Output to, ReadOnlySpan<char> link)
    {
        if (!char.IsLetterOrDigit(link[0])) return Percent(to, link);
        to.Write(link[0]);
        return 1;
    }

    static int Percent(Output to, ReadOnlySpan<char> text)
    {
        _ = System.Text.Rune.DecodeFromUtf16(text, out var rune, out var taken);
        Span<byte> octets = stackalloc byte[4];
        Span<char> encoded = stackalloc char[3];
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
        {
            _ = encoded.TryWrite(CultureInfo.InvariantCulture, $"%{octet:X2}", out var _);
            to.Write(encoded);
        }

        return taken;
    }

    static string Entity(char sign, string lineEnd) => sign switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => Harmless(sign, lineEnd),
    };

    static string Harmless(char sign, string lineEnd) => sign switch
    {
        '\n' or '\u2028' or '\u2029' or '\u0085' => lineEnd,
        '\t' => " ",
        '\r' => "",
        >= '\ufdd0' => "\ufffd",
        >= '\u2000' => "",
        _ => " ",
    };
}
