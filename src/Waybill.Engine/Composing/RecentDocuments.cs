namespace Waybill.Engine.Composing;

/// <summary>
/// The documents that were rendered last. A document is rendered when its message is accepted and wanted again a moment later, when the
/// message is composed; and who prints before a unit of work finds the paper here within it.
/// </summary>
internal sealed class RecentDocuments
{
    const int Most = 64;
    const int Largest = 256 * 1024;

    readonly Lock gate = new();
    readonly Dictionary<Source, Rendered> bySource = [];
    readonly Dictionary<string, Rendered> byHash = new(StringComparer.Ordinal);
    readonly Queue<Source> oldest = [];

    public Rendered? Find(Source source)
    {
        lock (gate) return bySource.GetValueOrDefault(source);
    }

    public Rendered? Find(byte[] hash)
    {
        lock (gate) return byHash.GetValueOrDefault(Convert.ToHexString(hash));
    }

    public void Keep(Source source, Rendered rendered)
    {
        if (rendered.Bytes.Length > Largest) return;
        lock (gate)
        {
            if (!bySource.TryAdd(source, rendered)) return;
            byHash[Convert.ToHexString(rendered.Hash)] = rendered;
            oldest.Enqueue(source);
            if (oldest.Count > Most && bySource.Remove(oldest.Dequeue(), out var gone)) byHash.Remove(Convert.ToHexString(gone.Hash));
        }
    }

    /// <summary>What a document is rendered from.</summary>
    internal readonly record struct Source(string Kind, int Version, string Data);

    /// <summary>A document, and the SHA-256 of its octets.</summary>
    internal sealed record Rendered(byte[] Bytes, byte[] Hash);
}
