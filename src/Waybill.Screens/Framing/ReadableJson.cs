using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waybill.Screens.Framing;

/// <summary>JSON for people to read: with letters and emoji as they are.</summary>
public static partial class ReadableJson
{
    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonSerializerOptions OptionsOfLines = new(Options) { WriteIndented = true };

    /// <summary>In one line.</summary>
    public static string Line(JsonElement json) => WithPairs(JsonSerializer.Serialize(json, Options));

    /// <summary>A member to a line.</summary>
    public static string Lines(JsonElement json) => WithPairs(JsonSerializer.Serialize(json, OptionsOfLines));

    /// <summary>The encoder escapes what is beyond the basic plane, whatever it is told.</summary>
    static string WithPairs(string json) => EscapedPair().Replace(json, pair => string.Create(2, pair, static (text, pair) =>
        (text[0], text[1]) = (Character(pair.Groups["high"]), Character(pair.Groups["low"]))));

    static char Character(Group hex) => (char)ushort.Parse(hex.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Not after a backslash that escapes the one of the pair.</summary>
    [GeneratedRegex(@"(?<=(^|[^\\])(\\\\)*)\\u(?<high>D[89AB][0-9A-F]{2})\\u(?<low>D[C-F][0-9A-F]{2})", RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex EscapedPair();
}
