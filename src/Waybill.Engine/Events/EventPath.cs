using System.Text.Json;

namespace Waybill.Engine.Events;

/// <summary>
/// Where a value stands in an event: <c>data.buyer.email</c>, or one of its attributes, as <c>subject</c>. Names of letters, digits, dashes
/// and underscores; no expressions.
/// </summary>
public sealed record EventPath
{
    const int Longest = 256;

    readonly string[] names;

    EventPath(string[] names) => this.names = names;

    /// <summary>Reads a bare path.</summary>
    public static EventPath? TryParse(string text)
    {
        var parts = text.Split('.');
        if (text.Length > Longest || !Array.TrueForAll(parts, IsName)) return null;
        return parts is ["data", _, ..] || (parts.Length == 1 && parts[0] != "data") ? new(parts) : null;
    }

    /// <summary>Reads a path in double braces, as templates write it: <c>{{data.buyer_email}}</c>.</summary>
    public static EventPath? TryParseBraced(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("{{", StringComparison.Ordinal) && trimmed.EndsWith("}}", StringComparison.Ordinal) && trimmed.Length > 4
            ? TryParse(trimmed[2..^2].Trim())
            : null;
    }

    /// <summary>The value there; null when there is none, or it is null.</summary>
    public JsonElement? In(NewEvent e)
    {
        if (names[0] != "data") return Attribute(e, names[0]);
        var value = e.Data;
        foreach (var name in names.AsSpan(1))
            value = value is { ValueKind: JsonValueKind.Object } holder && holder.TryGetProperty(name, out var inner) ? inner : null;
        return value is { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } ? null : value;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('.', names);

    static JsonElement? Attribute(NewEvent e, string name) => name switch
    {
        "id" => Text(e.Id),
        "source" => Text(e.Source),
        "type" => Text(e.Type),
        "subject" => e.Subject is null ? null : Text(e.Subject),
        _ => e.Extensions.TryGetValue(name, out var extension) ? extension : null,
    };

    static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, EventJson.Default.String);

    static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
