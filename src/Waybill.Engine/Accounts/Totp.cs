using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Codes of an authenticator (RFC 6238: SHA-1, six digits, 30 s). Identity's own provider does not tell the time step, without which a code
/// would work as often as it is given for a minute and a half.
/// </summary>
internal static class Totp
{
    const int Digits = 6;
    const int Drift = 1;
    const int KeySize = 20;
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>A fresh key in Base32, as authenticators take it.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Alphabet, KeySize * 8 / 5);

    /// <summary>Whether a text is such a key.</summary>
    public static bool IsKey(string text) =>
        text.Length == KeySize * 8 / 5 && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>The time step whose code this is, now or one step around it; null when it is none.</summary>
    public static long? StepOf(string? key, string typed, DateTimeOffset now)
    {
        if (key is null) return null;
        var code = new string([.. typed.Where(c => !char.IsWhiteSpace(c))]);
        if (code.Length != Digits || !code.All(char.IsAsciiDigit)) return null;
        var (step, secret) = (now.ToUnixTimeSeconds() / (long)Period.TotalSeconds, Decode(key));
        long? found = null;
        for (var at = step - Drift; at <= step + Drift; at++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, at)), Encoding.ASCII.GetBytes(code)))
                found = at;
        return found;
    }

    /// <summary>The code at an instant.</summary>
    public static string At(string key, DateTimeOffset now) => Code(Decode(key), now.ToUnixTimeSeconds() / (long)Period.TotalSeconds);

    /// <summary>RFC 4226 §5.3.</summary>
    static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // authenticators know no other hash, and HMAC with SHA-1 is not broken
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    static byte[] Decode(string key)
    {
        var (bytes, buffer, bits) = (new List<byte>(KeySize), 0, 0);
        foreach (var c in key)
        {
            (buffer, bits) = (((buffer << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal)) & 0xfff, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }
}
