using Microsoft.AspNetCore.Identity;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Accounts;

/// <summary>An address as accounts are found by it: in lower case and by punycode, so that nobody has two accounts by a spelling.</summary>
public sealed class EmailKey : ILookupNormalizer
{
    /// <summary>The key; of what is no address, the text itself, so that asking for it takes as long.</summary>
    public static string Of(string typed) =>
        Address.TryParse(typed.Trim(), out var address, out _) ? CanonicalAddress.Of(address) : CanonicalAddress.Of(Harmless(typed));

    /// <inheritdoc/>
    public string? NormalizeName(string? name) => name is null ? null : Of(name);

    /// <inheritdoc/>
    public string? NormalizeEmail(string? email) => NormalizeName(email);

    static string Harmless(string typed) => new([.. typed.Where(c => c != '\0' && !char.IsSurrogate(c)).Take(300)]);
}
