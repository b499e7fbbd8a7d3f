using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Waybill.Testing;

/// <summary>An authenticator on somebody's phone (RFC 6238), written apart from ours.</summary>
public static class Authenticator
{
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The six digits of a key at an instant.</summary>
    public static string CodeOf(string key, DateTimeOffset at)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString(Base32.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the RFC's own hash
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var code = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[19] & 15)) & 0x7fffffff;
        return (code % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
