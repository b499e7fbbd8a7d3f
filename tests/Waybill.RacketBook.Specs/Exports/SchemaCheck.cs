using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waybill.RacketBook.Specs.Exports;

/// <summary>
/// Holds a document against a JSON Schema, as far as ours goes: types, properties, items, words, patterns, days and references.
/// </summary>
sealed class SchemaCheck(JsonNode root)
{
    readonly List<string> faults = [];

    /// <summary>What is wrong, each with its place.</summary>
    internal static IReadOnlyList<string> Faults(string schema, JsonNode? document)
    {
        var root = JsonNode.Parse(schema)!;
        var check = new SchemaCheck(root);
        check.Check((JsonObject)root, document, "$");
        return check.faults;
    }

    void Check(JsonObject schema, JsonNode? node, string at)
    {
        schema = Follow(schema);
        if (!Types(schema).Contains(TypeOf(node)) && Types(schema).Count > 0)
            faults.Add($"{at} is a {TypeOf(node)}, not {string.Join(" or ", Types(schema))}");
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, node)))
            faults.Add($"{at} is {node}, none of the words");
        if (node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String) CheckText(schema, (string)node!, at);
        if (node is JsonObject thing) CheckProperties(schema, thing, at);
        if (node is JsonArray list && schema["items"] is JsonObject items)
            for (var i = 0; i < list.Count; i++) Check(items, list[i], $"{at}[{i}]");
    }

    void CheckText(JsonObject schema, string text, string at)
    {
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!, RegexOptions.None, TimeSpan.FromSeconds(1)))
            faults.Add($"{at} is {text}, not {pattern}");
        var isOdd = (string?)schema["format"] switch
        {
            "date" => !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "uuid" => !Guid.TryParseExact(text, "D", out _),
            _ => false,
        };
        if (isOdd) faults.Add($"{at} is {text}, no {schema["format"]}");
    }

    void CheckProperties(JsonObject schema, JsonObject thing, string at)
    {
        var known = (JsonObject)schema["properties"]!;
        foreach (var needed in (JsonArray)schema["required"]!)
            if (!thing.ContainsKey((string)needed!)) faults.Add($"{at} has no {needed}");
        foreach (var (name, value) in thing)
        {
            if (known[name] is JsonObject property) Check(property, value, $"{at}.{name}");
            else faults.Add($"{at} has a {name} that nobody knows");
        }
    }

    JsonObject Follow(JsonObject schema)
    {
        if ((string?)schema["$ref"] is not { } reference) return schema;
        var found = root;
        foreach (var step in reference.Split('/')[1..])
            found = found is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : found[step]!;
        return (JsonObject)found;
    }

    static List<string> Types(JsonObject schema) => schema["type"] switch
    {
        null => [],
        JsonArray several => [.. several.Select(type => (string)type!)],
        var one => [(string)one!],
    };

    static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.Number => "number",
        System.Text.Json.JsonValueKind.String => "string",
        _ => "boolean",
    };
}
