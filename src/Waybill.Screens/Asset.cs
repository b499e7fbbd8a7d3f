using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Screens;

/// <summary>
/// Stylesheet, scripts and pictures, as they are in the assembly. One version stands for all of them and is part of their address, so
/// that a browser may keep them for ever and a module's relative imports stay within the version.
/// </summary>
public static class Asset
{
    const string Folder = "wwwroot/";

    static readonly FrozenDictionary<string, byte[]> Files = typeof(Asset).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

    /// <summary>Changes with any of them.</summary>
    public static string Version { get; } = Fingerprint();

    /// <summary>The names of all: paths below <c>wwwroot</c>.</summary>
    public static IEnumerable<string> Names => Files.Keys;

    /// <summary>The address of one.</summary>
    public static string Href(string name) =>
        Files.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"There is no asset '{name}'.", nameof(name));

    /// <summary>The bytes of one, or null.</summary>
    public static byte[]? Find(string name) => Files.GetValueOrDefault(name);

    static byte[] Read(string resource)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream((int)stream.Length);
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    static string Fingerprint()
    {
        const int length = 12;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..length];
    }
}
