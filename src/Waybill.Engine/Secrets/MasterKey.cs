using System.Security.Cryptography;

namespace Waybill.Engine.Secrets;

/// <summary>
/// The key that the <see cref="DataKeys"/> are sealed with, and nothing else. It lies beside the database and is never part of a backup.
/// While a new one takes over there are two, and what the old one sealed opens too.
/// </summary>
public sealed class MasterKey
{
    static readonly char[] Between = ['\n', '\r', '\t', ' ', ','];

    readonly IReadOnlyList<SealingKey> keys;

    MasterKey(IReadOnlyList<SealingKey> keys) => this.keys = keys;

    /// <summary>
    /// Reads one key a line (in the environment: with a comma or a blank between them), newest first; each is 32 bytes in base64.
    /// </summary>
    /// <exception cref="FormatException">One is not such a key; the message says how to make one.</exception>
    public static MasterKey Parse(string text)
    {
        var read = text.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(ReadKey).ToList();
        return read.Count > 0 ? new(read) : throw Malformed();
    }

    /// <summary>A key that nobody had before.</summary>
    public static MasterKey New() => new([SealingKey.New()]);

    /// <summary>The keys as the file has them.</summary>
    internal string Text => string.Concat(keys.Select(key => Convert.ToBase64String(key.Bytes) + "\n"));

    /// <summary>Newest first.</summary>
    internal IReadOnlyList<SealingKey> Keys => keys;

    internal SealingKey Newest => keys[0];

    /// <summary>A new key before these.</summary>
    internal MasterKey Renewed() => new([SealingKey.New(), .. keys]);

    /// <summary>Without all but the newest.</summary>
    internal MasterKey Alone() => new([keys[0]]);

    /// <summary>Without the newest.</summary>
    internal MasterKey WithoutNewest() => new([.. keys.Skip(1)]);

    internal bool Has(byte[] id) => keys.Any(key => key.Id.AsSpan().SequenceEqual(id));

    /// <summary>Seals with the newest key. <paramref name="context"/> binds the secret to its place: it opens nowhere else.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string context) => Newest.Seal(secret, context);

    /// <summary>Opens what <see cref="Seal"/> sealed.</summary>
    /// <exception cref="CryptographicException">It was altered, belongs elsewhere, or its key is not among ours.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string context) => SealingKey.Open(keys, box, context);

    static SealingKey ReadKey(string line)
    {
        var key = new byte[SealingKey.Size];
        return Convert.TryFromBase64String(line, key, out var read) && read == key.Length ? new(key) : throw Malformed();
    }

    static FormatException Malformed() => new("A master key is 32 bytes in base64; make one with: openssl rand -base64 32");
}
