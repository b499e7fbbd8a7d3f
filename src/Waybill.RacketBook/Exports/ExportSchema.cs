using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Waybill.RacketBook.Exports;

/// <summary>
/// The JSON Schema (2020-12) of the document of an export. It is made of the very records that the document is written from, so the two
/// cannot differ.
/// </summary>
public static class ExportSchema
{
    static readonly Lazy<string> Made = new(Make);

    /// <summary>The type that it is served with.</summary>
    public const string MediaType = "application/schema+json";

    /// <summary>The schema, as text.</summary>
    public static string Text => Made.Value;

    static string Make()
    {
        var root =
            (JsonObject)ExportJsonContext.Default.Options.GetJsonSchemaAsNode(
                typeof(ExportDocument), new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "A stringer's book, exported from RacketBook");
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        if (schema["properties"] is JsonObject properties) Close(schema, properties);
        if (context.PropertyInfo?.AttributeProvider is not { } property) return schema;
        if (Find<DescriptionAttribute>(property) is { } said) schema["description"] = said.Description;
        if (Find<AmountAttribute>(property) is not null) schema["pattern"] = @"^-?[0-9]+\.[0-9]{2}$";
        if (Find<WordsAttribute>(property) is { } words) schema["enum"] = Choices(words.All, IsNullable(schema));
        return schema;
    }

    /// <summary>Every property is there every time, and there is no other.</summary>
    static void Close(JsonObject schema, JsonObject properties)
    {
        schema["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        schema["additionalProperties"] = false;
    }

    static JsonArray Choices(IReadOnlyList<string> words, bool isNullable)
    {
        var choices = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        if (isNullable) choices.Add(null);
        return choices;
    }

    static bool IsNullable(JsonObject schema) => schema["type"] is JsonArray types && types.Any(type => (string?)type == "null");

    static T? Find<T>(ICustomAttributeProvider property) where T : Attribute =>
        property.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();
}
