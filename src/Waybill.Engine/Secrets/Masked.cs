using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.Secrets;

/// <summary>
/// Values as they are shown where the secret ones must not be: at each secret path stands ••••. A path is names joined by dots; a list on
/// the way means each of its entries, with <c>[]</c> behind its name or without.
/// </summary>
public static class Masked
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Sign = "••••";

    /// <summary>A copy of the values in which those at the paths are masked, and whether anything was.</summary>
    public static (JsonElement Values, bool HasSecrets) Mask(JsonElement values, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 || values.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return (values, false);
        var copy = JsonNode.Parse(values.GetRawText())!;
        return Conceal(copy, paths, _ => { })
            ? (JsonSerializer.SerializeToElement(copy, MaskedJson.Default.JsonNode), true)
            : (values, false);
    }

    /// <summary>Masks the values themselves; says whether there was anything to mask, and tells each text that was.</summary>
    internal static bool Conceal(JsonNode values, IReadOnlyList<string> paths, Action<string> seen)
    {
        var found = false;
        foreach (var path in paths) found |= Conceal(values, path.Split('.'), seen);
        return found;
    }

    static bool Conceal(JsonNode node, ReadOnlySpan<string> path, Action<string> seen)
    {
        switch (node)
        {
            case JsonArray list:
                return ConcealEach(list, path, seen);
            case JsonObject holder when Name(path[0]) is var name && holder[name] is { } value:
                if (path.Length > 1) return Conceal(value, path[1..], seen);
                if (value is JsonArray entries && IsList(path[0])) return ReplaceEach(entries, seen);
                Tell(value, seen);
                holder[name] = Sign;
                return true;
            default:
                return false;
        }
    }

    static bool ConcealEach(JsonArray list, ReadOnlySpan<string> path, Action<string> seen)
    {
        var found = false;
        foreach (var entry in list) found |= entry is not null && Conceal(entry, path, seen);
        return found;
    }

    /// <summary>A list whose entries are the secrets stays a list, so that a template can go through it.</summary>
    static bool ReplaceEach(JsonArray entries, Action<string> seen)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is not { } entry) continue;
            Tell(entry, seen);
            entries[i] = Sign;
        }

        return entries.Count > 0;
    }

    static bool IsList(string part) => part.EndsWith("[]", StringComparison.Ordinal);

    static string Name(string part) => IsList(part) ? part[..^2] : part;

    static void Tell(JsonNode value, Action<string> seen)
    {
        if (value is JsonValue text) seen(text.ToString());
        else if (value is JsonArray list) foreach (var entry in list.OfType<JsonNode>()) Tell(entry, seen);
        else if (value is JsonObject holder) foreach (var (_, entry) in holder) if (entry is not null) Tell(entry, seen);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonNode))]
internal sealed partial class MaskedJson : System.Text.Json.Serialization.JsonSerializerContext;
