using System.Buffers.Binary;
using System.Security.Cryptography;
using Waybill.Engine.Secrets;

namespace Waybill.Engine.Audit;

/// <summary>
/// How rows of the audit hold each other: a row's hash covers the row, its number and the seal of the row before it. Both are made with a
/// key that is not in the database, so that who can write there can change a row but not what proves it.
/// </summary>
internal sealed class AuditChain(DataKeys keys)
{
    static readonly byte[] Beginning = "beginning"u8.ToArray();
    static readonly byte[] Sealing = "seal"u8.ToArray();

    readonly byte[] key = keys.Derive("audit chain");

    /// <summary>What the first row covers: the hashes of the rows from before there was a chain, in the order of their ids.</summary>
    public byte[] Begin(IEnumerable<byte[]> before)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Beginning);
        foreach (var one in before) hash.AppendData(one);
        return hash.GetHashAndReset();
    }

    /// <summary>The hash of a row.</summary>
    public byte[] Link(AuditEntry entry, long number, byte[] salt, byte[] seal)
    {
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, number);
        return HMACSHA256.HashData(key, (byte[])[.. seal, .. place, .. entry.Hash(salt)]);
    }

    /// <summary>
    /// What a row leaves to the next. It stands at the end of the chain and in no row: whoever removes the newest row cannot know the seal
    /// of the one before it.
    /// </summary>
    public byte[] Seal(byte[] hash) => HMACSHA256.HashData(key, (byte[])[.. Sealing, .. hash]);
}
