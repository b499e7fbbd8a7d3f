using System.Collections.Concurrent;
using System.Security.Cryptography;
using Waybill.Documents.Pictures;

namespace Waybill.RacketBook.Logos;

/// <summary>Logos that were read already: the same few are printed again and again.</summary>
static class LogoPictures
{
    /// <summary>Beyond it all are read anew.</summary>
    const int Most = 64;

    static readonly ConcurrentDictionary<string, PictureReading> Known = new(StringComparer.Ordinal);

    /// <summary>Reads a logo, or remembers what it read.</summary>
    internal static PictureReading Read(byte[] logo)
    {
        if (Known.Count > Most) Known.Clear();
        return Known.GetOrAdd(Convert.ToHexString(SHA256.HashData(logo)), _ => Picture.Read(logo));
    }

    /// <summary>The picture of a logo.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static Picture? Find(byte[]? logo) => logo is null ? null : Read(logo) switch
    {
        PictureReading.Readable(var picture) => picture,
        PictureReading.Unreadable(var problem) => throw new InvalidDataException($"The logo cannot be printed: {problem}"),
        var other => throw new System.Diagnostics.UnreachableException($"No picture for {other.GetType().Name}."),
    };
}
