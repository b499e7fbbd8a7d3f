using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Secrets;

/// <summary>
/// The key that secrets at rest are sealed with: AES-256-GCM, each sealed value naming the key it was sealed with, so that an old key
/// still opens what it sealed after a new one took over. It lies beside the database and is never part of a backup.
/// </summary>
public sealed class MasterKey
{
    const int NonceSize = 12;
    const int TagSize = 16;
    const int IdSize = 4;

    readonly IReadOnlyList<byte[]> keys;

    MasterKey(IReadOnlyList<byte[]> keys) => this.keys = keys;

    /// <summary>Reads one key a line, newest first; each is 32 bytes in base64.</summary>
    /// <exception cref="FormatException">A line is not such a key; the message says how to make one.</exception>
    public static MasterKey Parse(string text)
    {
        var read = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadKey).ToList();
        return read.Count > 0 ? new(read) : throw Malformed();
    }

    /// <summary>Reads the key file, and makes it (mode 0600) when there is none.</summary>
    public static MasterKey FromFile(string path)
    {
        if (!File.Exists(path)) Make(path);
        return Parse(File.ReadAllText(path));
    }

    /// <summary>Seals a secret under the newest key. <paramref name="context"/> binds it to its place: it opens nowhere else.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string context)
    {
        var box = new byte[IdSize + NonceSize + TagSize + secret.Length];
        Id(keys[0]).CopyTo(box, 0);
        var nonce = box.AsSpan(IdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys[0], TagSize);
        aes.Encrypt(nonce, secret, box.AsSpan(IdSize + NonceSize + TagSize), box.AsSpan(IdSize + NonceSize, TagSize), Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> sealed.</summary>
    /// <exception cref="CryptographicException">It was altered, belongs elsewhere, or its key is not among ours.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < IdSize + NonceSize + TagSize) throw new CryptographicException("This is not a sealed secret: it is too short.");
        var secret = new byte[box.Length - IdSize - NonceSize - TagSize];
        using var aes = new AesGcm(Find(box[..IdSize]), TagSize);
        aes.Decrypt(box.Slice(IdSize, NonceSize), box[(IdSize + NonceSize + TagSize)..], box.Slice(IdSize + NonceSize, TagSize), secret, Encoding.UTF8.GetBytes(context));
        return secret;
    }

    /// <summary>A key of 32 bytes for one purpose, the same on every node and after every start. The oldest key is its root, so that it outlives a rotation.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[^1], outputLength: 32, info: Encoding.UTF8.GetBytes("waybill " + purpose));

    byte[] Find(ReadOnlySpan<byte> id)
    {
        foreach (var key in keys)
            if (id.SequenceEqual(Id(key))) return key;
        throw new CryptographicException("The key that this secret was sealed with is not in the master key file.");
    }

    static byte[] Id(byte[] key) => SHA256.HashData(key)[..IdSize];

    static byte[] ReadKey(string line)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(line, key, out var read) && read == key.Length ? key : throw Malformed();
    }

    static FormatException Malformed() => new("A master key is 32 bytes in base64; make one with: openssl rand -base64 32");

    static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: false);
    }
}
