using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Server.Admin;

/// <summary>
/// A form as the JSON object that the API reads of the same thing, so that no rule is written twice. An empty field is null, the default;
/// what is no number stays a text, which the reader refuses.
/// </summary>
internal sealed class FormBody(IFormCollection form)
{
    static readonly char[] BetweenItems = [',', ';', ' ', '\t', '\r', '\n'];

    readonly JsonObject body = [];

    /// <summary>Texts, without the blanks around them.</summary>
    public FormBody Texts(params ReadOnlySpan<string> names) => Each(names, text => JsonValue.Create(text));

    /// <summary>Texts of which nothing is said when they are empty: what is kept stays.</summary>
    public FormBody Kept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (form[name].ToString() is { Length: > 0 } text) body[name] = text;
        return this;
    }

    /// <summary>Whole or broken numbers.</summary>
    public FormBody Numbers(params ReadOnlySpan<string> names) => Each(names, Number);

    /// <summary>Yes or no.</summary>
    public FormBody Flags(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) body[name] = form[name] == "true";
        return this;
    }

    /// <summary>Yes, no or the default.</summary>
    public FormBody Choices(params ReadOnlySpan<string> names) =>
        Each(names, text => text switch { "true" => true, "false" => false, _ => text });

    /// <summary>Words with commas, blanks or ends of lines between them; none is an empty list.</summary>
    public FormBody Lists(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) body[name] = new JsonArray([.. Split(form[name].ToString()).Select(item => JsonValue.Create(item))]);
        return this;
    }

    /// <summary>A value that was read otherwise.</summary>
    public FormBody With(string name, JsonNode? value)
    {
        body[name] = value;
        return this;
    }

    /// <summary>The object.</summary>
    public JsonElement Json() => JsonSerializer.SerializeToElement(body);

    /// <summary>A number where it is one, else the text.</summary>
    public static JsonNode Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number
        : text;

    /// <summary>The words of a text.</summary>
    public static string[] Split(string text) => text.Split(BetweenItems, StringSplitOptions.RemoveEmptyEntries);

    FormBody Each(ReadOnlySpan<string> names, Func<string, JsonNode?> read)
    {
        foreach (var name in names) body[name] = form[name].ToString().Trim() is { Length: > 0 } text ? read(text) : null;
        return this;
    }
}
