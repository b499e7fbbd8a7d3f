using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.Events;

/// <summary>Masks the secret values of an event's data, and finds them in texts that might repeat them.</summary>
internal static class SecretPaths
{
    /// <summary>What stands for a secret value everywhere.</summary>
    public const string Mask = "••••";

    /// <summary>Shorter texts are too likely to stand in a sentence by chance.</summary>
    const int ShortestScrubbed = 4;

    /// <summary>The data with every secret value masked; null when it has none.</summary>
    public static byte[]? MaskIn(byte[] data, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 || JsonNode.Parse(data) is not { } root) return null;
        var found = false;
        foreach (var path in paths) found |= Replace(root, path.Split('.'), _ => { });
        return found ? JsonSerializer.SerializeToUtf8Bytes(root, Relaxed) : null;
    }

    /// <summary>A text without the secret values of the data, should an error have repeated one.</summary>
    public static string Scrub(string text, JsonElement data, IReadOnlyList<string> paths)
    {
        var secrets = new List<string>();
        if (JsonNode.Parse(data.GetRawText()) is { } root)
            foreach (var path in paths) Replace(root, path.Split('.'), secrets.Add);
        return secrets.Where(secret => secret.Length >= ShortestScrubbed)
            .Aggregate(text, (scrubbed, secret) => scrubbed.Replace(secret, Mask, StringComparison.Ordinal));
    }

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = NewEvent.Compact.Encoder };

    static bool Replace(JsonNode node, ReadOnlySpan<string> path, Action<string> seen)
    {
        switch (node)
        {
            case JsonArray list:
                var any = false;
                foreach (var entry in list) any |= entry is not null && Replace(entry, path, seen);
                return any;
            case JsonObject holder when holder[path[0]] is { } value:
                if (path.Length > 1) return Replace(value, path[1..], seen);
                Collect(value, seen);
                holder[path[0]] = Mask;
                return true;
            default:
                return false;
        }
    }

    static void Collect(JsonNode value, Action<string> seen)
    {
        if (value is JsonValue text) seen(text.ToString());
        else if (value is JsonArray list) foreach (var entry in list.OfType<JsonNode>()) Collect(entry, seen);
        else if (value is JsonObject holder) foreach (var (_, entry) in holder) if (entry is not null) Collect(entry, seen);
    }
}
