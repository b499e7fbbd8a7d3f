using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Audit;

namespace Waybill.Engine.Accounts;

/// <summary>A recovery code as it is kept. Keyed, for a code is short enough to be guessed from a plain hash.</summary>
internal static class RecoveryCode
{
    /// <summary>Neither case nor dashes nor blanks count: people type these from paper.</summary>
    public static byte[] Hash(byte[] key, PersonId person, string code)
    {
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{person}/{typed}"));
    }
}
