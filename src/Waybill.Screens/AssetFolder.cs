using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Screens;

/// <summary>
/// Stylesheets, scripts and pictures that are embedded in an assembly as <c>wwwroot/…</c>. One version stands for all of them and is part
/// of their address, so that a browser may keep them for ever and a module's relative imports stay within the version.
/// </summary>
public sealed class AssetFolder
{
    const string Folder = "wwwroot/";

    static readonly ConcurrentDictionary<Assembly, AssetFolder> Known = new();

    readonly FrozenDictionary<string, byte[]> files;

    AssetFolder(Assembly assembly)
    {
        files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Folder.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);
        Version = Fingerprint();
    }

    /// <summary>The files of an assembly.</summary>
    public static AssetFolder Of(Assembly assembly) => Known.GetOrAdd(assembly, static one => new(one));

    /// <summary>Changes with any of them.</summary>
    public string Version { get; }

    /// <summary>The names of all: paths below <c>wwwroot</c>.</summary>
    public IEnumerable<string> Names => files.Keys;

    /// <summary>The bytes of one, or null.</summary>
    public byte[]? Find(string name) => files.GetValueOrDefault(name);

    static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream((int)stream.Length);
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    string Fingerprint()
    {
        const int length = 12;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..length];
    }
}
