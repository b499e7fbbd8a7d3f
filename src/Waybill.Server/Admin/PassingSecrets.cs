using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin;

/// <summary>A secret on its way from one page to the next: sealed for its visitor and one purpose, for a few minutes.</summary>
internal static class PassingSecrets
{
    public static string SealSecret(this HttpContext context, string purpose, string secret, TimeSpan lifetime) =>
        Protector(context, purpose).Protect(secret, lifetime);

    /// <summary>The secret; null when it was not sealed for this, or is too old.</summary>
    public static string? OpenSecret(this HttpContext context, string purpose, string? box)
    {
        if (string.IsNullOrEmpty(box)) return null;
        try
        {
            return Protector(context, purpose).Unprotect(box);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static ITimeLimitedDataProtector Protector(HttpContext context, string purpose) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>()
        .CreateProtector("passing secret", purpose, context.Visitor().Person.Id.ToString()).ToTimeLimitedDataProtector();
}
