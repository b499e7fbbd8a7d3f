using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Waybill.Mime.Specs.Reading;

/// <summary>The encodings backwards, written from the RFCs and independent of the writer.</summary>
static partial class Decoding
{
    static readonly SearchValues<char> UpperHex = SearchValues.Create("0123456789ABCDEF");
    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static byte[] QuotedPrintable(ReadOnlySpan<byte> encoded)
    {
        var decoded = new List<byte>();
        foreach (var line in Encoding.ASCII.GetString(encoded).Replace("=\r\n", "", StringComparison.Ordinal).Split("\r\n"))
        {
            Assert.False(line.EndsWith(' ') || line.EndsWith('\t'), "A quoted-printable line ends in white space.");
            for (var index = 0; index < line.Length; index++)
            {
                decoded.Add(line[index] == '=' ? Octet(line.AsSpan(index + 1, 2)) : (byte)line[index]);
                if (line[index] == '=') index += 2;
            }
            decoded.AddRange("\r\n"u8);
        }
        return [.. decoded[..^2]];
    }

    /// <summary>Decodes RFC 2047; each word must be whole UTF-8 by itself, and white space between two words is none.</summary>
    public static string EncodedWords(string value)
    {
        var decoded = new StringBuilder();
        var from = 0;
        foreach (Match word in Word().Matches(value))
        {
            var between = value[from..word.Index];
            if (from == 0 || !string.IsNullOrWhiteSpace(between)) decoded.Append(between);
            var what = word.Groups["what"].Value;
            decoded.Append(Utf8.GetString(word.Groups["how"].Value == "b" ? Convert.FromBase64String(what) : Q(what)));
            from = word.Index + word.Length;
        }
        return decoded.Append(value[from..]).ToString();
    }

    /// <summary>A parameter's value, sections put together and percents decoded (RFC 2231).</summary>
    public static string Parameter(string header, string name)
    {
        var parameters = Parameters().Matches(header)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        if (parameters.TryGetValue(name, out var plain)) return plain is ['"', ..] ? Regex.Unescape(plain[1..^1]) : plain;
        if (parameters.TryGetValue(name + "*", out var extended)) return Percent(extended);
        var sections = Enumerable.Range(0, int.MaxValue).Select(number => $"{name}*{number}*")
            .TakeWhile(parameters.ContainsKey).Select(key => parameters[key]);
        return Percent(string.Concat(sections));
    }

    static string Percent(string extended)
    {
        Assert.StartsWith("UTF-8''", extended, StringComparison.Ordinal);
        var escaped = extended[7..].Replace("=", "=3D", StringComparison.Ordinal).Replace("_", "=5F", StringComparison.Ordinal);
        return Utf8.GetString(Q(escaped.Replace('%', '=')));
    }

    static byte[] Q(string text) => QuotedPrintable(Encoding.ASCII.GetBytes(text.Replace("_", "=20", StringComparison.Ordinal)));

    static byte Octet(ReadOnlySpan<char> hex)
    {
        Assert.False(hex.ContainsAnyExcept(UpperHex), $"Not upper-case hex: {hex}");
        return byte.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"=\?utf-8\?(?<how>[bq])\?(?<what>[!->@-~]+)\?=", RegexOptions.ExplicitCapture, 20_000)]
    private static partial Regex Word();

    [GeneratedRegex("""; *(?<name>[A-Za-z0-9*]+)=(?<value>"([^"\\]|\\.)*"|[^";\s]+)""", RegexOptions.ExplicitCapture, 20_000)]
    private static partial Regex Parameters();
}
