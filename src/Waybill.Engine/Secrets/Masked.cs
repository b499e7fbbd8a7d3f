using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.Secrets;

/// <summary>Values as they are shown where the secret ones must not be: at each secret path stands ••••.</summary>
public static class Masked
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Sign = "••••";

    /// <summary>A copy of the values in which those at the paths are masked.</summary>
    /// <param name="values">A JSON object.</param>
    /// <param name="paths">Dotted paths; a part that ends in <c>[]</c> means each entry of a list.</param>
    /// <returns>The copy, and whether anything was masked.</returns>
    public static (JsonElement Values, bool HasSecrets) Mask(JsonElement values, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 || values.ValueKind != JsonValueKind.Object) return (values, false);
        var copy = JsonObject.Create(values)!;
        var masked = 0;
        foreach (var path in paths) masked += Mask(copy, path.Split('.'));
        return masked == 0 ? (values, false) : (JsonSerializer.SerializeToElement(copy, MaskedJson.Default.JsonObject), true);
    }

    static int Mask(JsonNode? node, ReadOnlySpan<string> parts)
    {
        if (node is not JsonObject holder) return 0;
        var isList = parts[0].EndsWith("[]", StringComparison.Ordinal);
        var name = isList ? parts[0][..^2] : parts[0];
        if (holder[name] is not { } value) return 0;
        if (!isList) return parts.Length == 1 ? Replace(holder, name) : Mask(value, parts[1..]);
        return value is JsonArray list ? MaskEach(list, parts[1..]) : 0;
    }

    static int MaskEach(JsonArray list, ReadOnlySpan<string> rest)
    {
        var masked = 0;
        for (var i = 0; i < list.Count; i++)
        {
            if (!rest.IsEmpty) masked += Mask(list[i], rest);
            else if (list[i] is not null) (list[i], masked) = (Sign, masked + 1);
        }

        return masked;
    }

    static int Replace(JsonObject holder, string name)
    {
        holder[name] = Sign;
        return 1;
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class MaskedJson : System.Text.Json.Serialization.JsonSerializerContext;
