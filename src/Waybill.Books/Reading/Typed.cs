using Microsoft.AspNetCore.Http;

namespace Waybill.Books.Reading;

/// <summary>What stands in a form: as somebody typed it, or as what is kept would be typed.</summary>
public sealed class Typed
{
    readonly Dictionary<string, string> values;

    Typed(Dictionary<string, string> values) => this.values = values;

    /// <summary>The form that was posted; its files are none of it.</summary>
    public static async Task<Typed> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return new(form.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal));
    }

    /// <summary>These values; a missing one is empty.</summary>
    public static Typed Of(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) typed[name] = value ?? "";
        return new(typed);
    }

    /// <summary>What stands in a field; empty: nothing.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Whether a box is ticked.</summary>
    public bool Is(string name) => this[name] is "true" or "on";

    /// <summary>Whether anything stands in one of these.</summary>
    public bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (!string.IsNullOrWhiteSpace(this[name])) return true;
        return false;
    }

    /// <summary>The version that the form was made from; one that is none matches nothing.</summary>
    public int Version =>
        int.TryParse(
            this["version"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
                ? version
                : -1;

    /// <summary>The same with another value.</summary>
    public Typed With(string name, string? value) => new(new(values, StringComparer.Ordinal) { [name] = value ?? "" });

    /// <summary>Those below a prefix, without it.</summary>
    public Typed Below(string prefix) => new(values
        .Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(one => one.Key[prefix.Length..], one => one.Value, StringComparer.Ordinal));

    /// <summary>For the readers that the API uses too.</summary>
    /// <param name="boxes">One that is not sent is not ticked.</param>
    public Fields Fields(params ReadOnlySpan<string> boxes) =>
        Reading.Fields.From(values, boxes);
}
