using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Accounts;

/// <summary>
/// 256 random bits for a cookie or a link. The database holds their SHA-256, which is also how they are found; so many bits need no slow
/// hash.
/// </summary>
internal static class OneTimeSecret
{
    const int Octets = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
