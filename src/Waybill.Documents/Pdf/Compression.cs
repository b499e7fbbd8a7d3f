using System.IO.Compression;

namespace Waybill.Documents.Pdf;

/// <summary>FlateDecode (ISO 32000-1 §7.4.4).</summary>
static class Compression
{
    /// <summary>For what is written once per document.</summary>
    internal static byte[] Fast(ReadOnlySpan<byte> content) => Compress(content, CompressionLevel.Fastest);

    /// <summary>For what is written once per process.</summary>
    internal static byte[] Smallest(ReadOnlySpan<byte> content) => Compress(content, CompressionLevel.SmallestSize);

    static byte[] Compress(ReadOnlySpan<byte> content, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, level, leaveOpen: true)) stream.Write(content);
        return compressed.ToArray();
    }
}
