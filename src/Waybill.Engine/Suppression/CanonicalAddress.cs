using System.Text;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Suppression;

/// <summary>
/// An address as it is compared on the suppression list. Whether case matters in a local part is its host's secret (RFC 5321 §2.4), and
/// hardly any host tells <c>Ada</c> from <c>ada</c>: here they are one, or a bounce would be forgotten with the next spelling.
/// </summary>
public static class CanonicalAddress
{
    /// <summary>The canonical form.</summary>
    public static string Of(Address address) => Of(address.ToString());

    /// <summary>The canonical form of an address that was written from its parsed parts.</summary>
    public static string Of(string written) => written.Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
