using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Books.Reading;
using Waybill.Engine.Events;
using Waybill.Mime.Addresses;

namespace Waybill.Server.Api.Events;

/// <summary>
/// The context attributes of one event as they came in, checked; remembers the first thing that is wrong (CloudEvents 1.0 §3).
/// </summary>
internal sealed partial class CloudEventAttributes
{
    const int MostExtensions = 50;

    readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    readonly Dictionary<string, JsonElement> extensions = new(StringComparer.Ordinal);
    Problem? problem;

    public void Refuse(string detail) => problem ??= Problem.Invalid(detail);

    public void Add(string name, string value) => Add(name, JsonSerializer.SerializeToElement(value, ApiJson.Default.String));

    public void Add(string name, JsonElement value)
    {
        if (name is "id" or "source" or "specversion" or "type" or "subject" or "time" or "datacontenttype" or "dataschema")
            AddText(name, value);
        else AddExtension(name, value);
    }

    public (NewEvent? Event, Problem? Problem) ToEvent(JsonElement? data)
    {
        foreach (var required in (ReadOnlySpan<string>)["specversion", "id", "source", "type"])
            if (!texts.ContainsKey(required)) Refuse($"The attribute {required} is missing.");
        if (texts.TryGetValue("specversion", out var version) && version != "1.0")
            problem ??=
                new Problem(422, "unsupported_specversion", $"The attribute specversion is '{version}'; Waybill speaks CloudEvents 1.0.");
        var (source, schema, time) = (UriAt("source", UriKind.RelativeOrAbsolute), UriAt("dataschema", UriKind.Absolute), Time());
        if (IsTooLarge(data))
            problem ??= new Problem(
                413, "data_too_large",
                FormattableString.Invariant($"The data has more than {NewEvent.LargestData / 1024:N0} KiB as compact JSON."));
        return problem is { } wrong ? (null, wrong) : (new NewEvent
        {
            Source = source!,
            Id = texts["id"],
            Type = texts["type"],
            Subject = texts.GetValueOrDefault("subject"),
            Time = time,
            DataContentType = texts.GetValueOrDefault("datacontenttype"),
            DataSchema = schema,
            Extensions = extensions,
            Data = data?.Clone(),
        }, null);
    }

    void AddText(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.RawLength() > NewEvent.LongestText * 6L
            || value.GetString() is not { Length: > 0 and <= NewEvent.LongestText } text)
            Refuse($"The attribute {name} must be a text of 1 to {NewEvent.LongestText} characters.");
        else if (NameText.Objection(text) is { } character)
            Refuse($"The attribute {name} may not hold the character {character}: it is a control character, or nobody sees it.");
        else texts[name] = text;
    }

    void AddExtension(string name, JsonElement value)
    {
        if (!ExtensionName().IsMatch(name))
            Refuse("The name of an extension attribute has 1 to 64 lower-case letters and digits; everything else belongs into data.");
        else if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            Refuse($"The extension attribute {name} must be a text, a number or a boolean.");
        else if (value.RawLength() > NewEvent.LongestText * 6L)
            Refuse($"The extension attribute {name} has more than {NewEvent.LongestText} characters.");
        else if (extensions.Count == MostExtensions) Refuse($"An event may have at most {MostExtensions} extension attributes.");
        else extensions[name] = value.Clone();
    }

    string? UriAt(string name, UriKind kind)
    {
        if (!texts.TryGetValue(name, out var text)) return null;
        if (!Uri.TryCreate(text, kind, out _) || text.Contains(' ', StringComparison.Ordinal))
            Refuse($"The attribute {name} must be {(kind == UriKind.Absolute ? "an absolute URI" : "a URI reference")}.");
        return text;
    }

    DateTimeOffset? Time()
    {
        if (!texts.TryGetValue("time", out var text)) return null;
        if (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time.ToUniversalTime();
        Refuse("The attribute time must be an RFC 3339 timestamp like 2026-11-12T12:00:00Z.");
        return null;
    }

    /// <summary>As it came it may be larger by its white space.</summary>
    static bool IsTooLarge(JsonElement? data) =>
        data is { } json && json.RawLength() > NewEvent.LargestData
            && JsonSerializer.SerializeToUtf8Bytes(json, ApiJson.Readable.JsonElement).Length > NewEvent.LargestData;

    [GeneratedRegex("^[a-z0-9]{1,64}$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ExtensionName();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Rfc3339();
}
