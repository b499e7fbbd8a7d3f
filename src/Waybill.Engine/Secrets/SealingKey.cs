using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Secrets;

/// <summary>One key of AES-256-GCM. What it sealed names it in its first four bytes.</summary>
internal sealed class SealingKey
{
    public const int Size = 32;

    const int NonceSize = 12;
    const int TagSize = 16;
    const int IdSize = 4;

    public SealingKey(byte[] bytes) => (Bytes, Id) = (bytes, SHA256.HashData(bytes)[..IdSize]);

    public byte[] Bytes { get; }

    public byte[] Id { get; }

    public static SealingKey New() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Seals a secret. <paramref name="context"/> binds it to its place: it opens nowhere else.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string context)
    {
        var box = new byte[IdSize + NonceSize + TagSize + secret.Length];
        Id.CopyTo(box, 0);
        var nonce = box.AsSpan(IdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Bytes, TagSize);
        aes.Encrypt(
            nonce, secret, box.AsSpan(IdSize + NonceSize + TagSize), box.AsSpan(IdSize + NonceSize, TagSize),
            Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <summary>Opens what one of these keys sealed.</summary>
    /// <exception cref="CryptographicException">It was altered, belongs elsewhere, or its key is not among them.</exception>
    public static byte[] Open(IReadOnlyList<SealingKey> keys, ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < IdSize + NonceSize + TagSize) throw new CryptographicException("This is not a sealed secret: it is too short.");
        var secret = new byte[box.Length - IdSize - NonceSize - TagSize];
        using var aes = new AesGcm(Find(keys, box[..IdSize]).Bytes, TagSize);
        aes.Decrypt(
            box.Slice(IdSize, NonceSize), box[(IdSize + NonceSize + TagSize)..], box.Slice(IdSize + NonceSize, TagSize), secret,
            Encoding.UTF8.GetBytes(context));
        return secret;
    }

    /// <summary>As above; null where it does not open.</summary>
    public static byte[]? TryOpen(IReadOnlyList<SealingKey> keys, ReadOnlySpan<byte> box, string context)
    {
        try
        {
            return Open(keys, box, context);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static SealingKey Find(IReadOnlyList<SealingKey> keys, ReadOnlySpan<byte> id)
    {
        foreach (var key in keys)
            if (id.SequenceEqual(key.Id)) return key;
        throw new CryptographicException("The key that this secret was sealed with is not there.");
    }
}
