using System.Text;

namespace Waybill.Mime.Addresses;

/// <summary>
/// A quoted string (RFC 5322 §3.2.4) without comments or folding: quotes around it, a backslash before a quote or a backslash.
/// </summary>
static class QuotedString
{
    /// <summary>
    /// The index after the closing quote of the quoted string that <paramref name="text"/> starts with, or its length when none closes it.
    /// </summary>
    internal static int End(ReadOnlySpan<char> text)
    {
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] == '"') return index + 1;
            if (text[index] == '\\') index++;
        }
        return text.Length;
    }

    /// <summary>True when the whole of <paramref name="text"/> is one quoted string.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out string value)
    {
        value = "";
        if (text.Length < 2 || text[^1] != '"' || End(text) != text.Length || EndsEscaped(text[1..^1])) return false;
        value = Unescape(text[1..^1]);
        return true;
    }

    internal static string Write(ReadOnlySpan<char> value)
    {
        var written = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\') written.Append('\\');
            written.Append(character);
        }
        return written.Append('"').ToString();
    }

    static string Unescape(ReadOnlySpan<char> inner)
    {
        var value = new StringBuilder(inner.Length);
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] == '\\') index++;
            value.Append(inner[index]);
        }
        return value.ToString();
    }

    /// <summary>An odd run of backslashes before the last quote escapes it, and then nothing closes the string.</summary>
    static bool EndsEscaped(ReadOnlySpan<char> inner) => (inner.Length - inner.TrimEnd('\\').Length) % 2 == 1;
}
