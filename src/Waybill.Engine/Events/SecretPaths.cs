using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Engine.Secrets;

namespace Waybill.Engine.Events;

/// <summary>Masks the secret values of an event's data, and finds them in texts that might repeat them.</summary>
internal static class SecretPaths
{
    /// <summary>Shorter texts are too likely to stand in a sentence by chance.</summary>
    const int ShortestScrubbed = 4;

    /// <summary>The data with every secret value masked; null when it has none.</summary>
    public static byte[]? MaskIn(byte[] data, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 || JsonNode.Parse(data) is not { } root) return null;
        return Masked.Conceal(root, paths, _ => { }) ? JsonSerializer.SerializeToUtf8Bytes(root, Relaxed) : null;
    }

    /// <summary>A text without the secret values of the data, should an error have repeated one.</summary>
    public static string Scrub(string text, JsonElement data, IReadOnlyList<string> paths)
    {
        var secrets = new List<string>();
        if (JsonNode.Parse(data.GetRawText()) is { } root)
            Masked.Conceal(root, paths, secrets.Add);
        return secrets.Where(secret => secret.Length >= ShortestScrubbed)
            .Aggregate(text, (scrubbed, secret) => scrubbed.Replace(secret, Masked.Sign, StringComparison.Ordinal));
    }

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = NewEvent.Compact.Encoder };
}
