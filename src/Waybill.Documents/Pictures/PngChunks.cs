namespace Waybill.Documents.Pictures;

/// <summary>What of a PNG's chunks is printed.</summary>
sealed record PngChunks(byte[] Data, byte[]? Palette, byte[]? Transparency);
