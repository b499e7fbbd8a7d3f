using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Keys;

/// <summary>The key itself: <c>wb_</c> and 192 random bits. Only its SHA-256 is stored; so many random bits need no slow hash.</summary>
public static class ApiKeySecret
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "wb_";

    const int ShortestSeed = 16;

    /// <summary>A new key.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    /// <summary>What is stored, and looked up by.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether a text that somebody else chose can serve as a key: the prefix and at least 16 further characters.</summary>
    public static bool CanServe(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length >= Prefix.Length + ShortestSeed
            && text.All(c => c is > ' ' and <= '~');
}
