namespace Waybill.Screens.Pages.Routes;

/// <summary>A route as somebody fills it in: every field as it was typed.</summary>
/// <param name="Values">By the field's name.</param>
public sealed record RouteDraft(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The fields of the form, as the API names them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["event_type", "conditions", "stream", "template", "recipient", "brand", "locale", "enabled"];

    /// <summary>A form that nobody filled in yet.</summary>
    public static RouteDraft Blank { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["enabled"] = "true" });

    /// <summary>What a field holds.</summary>
    public string this[string field] => Values.GetValueOrDefault(field) ?? "";
}

/// <summary>What there is to choose from.</summary>
/// <param name="EventTypes">Types of events that came or were described.</param>
/// <param name="Streams">Streams that a route can use.</param>
/// <param name="Templates">Published templates.</param>
/// <param name="Brands">Brands, by alias.</param>
public sealed record RouteChoices(
    IReadOnlyList<string> EventTypes, IReadOnlyList<string> Streams, IReadOnlyList<string> Templates, IReadOnlyList<string> Brands);
