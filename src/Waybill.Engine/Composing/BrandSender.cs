using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>Who a brand's mails come from and where their answers go (product, ruling 22); an address that the brand names itself goes first.</summary>
public sealed class BrandSender(RelayTable relays, DefaultSender standard, OperatorAddress operatorAddress)
{
    /// <summary>The choice for a brand.</summary>
    public async Task<SenderChoice> ForAsync(TenantId tenant, Brand brand, CancellationToken cancellationToken)
    {
        var relay = brand.Relay is { } id ? await relays.FindAsync(tenant, id, cancellationToken) : null;
        var ofRelay = relay?.Settings.From is { } from ? Mailbox.Parse(from) : null;
        var own = Parse(brand.Identity.SenderAddress) ?? ofRelay?.Address;
        return SenderChoice.Make(
            new(
                brand.Identity.Name, brand.Identity.SenderName, ofRelay?.DisplayName, own, HasOwnRelay: own is not null || brand.Relay is not null,
                Parse(brand.Identity.ReplyTo), Parse(brand.Identity.SupportEmail)),
            standard.From.Address,
            standard.Domains,
            Parse(await operatorAddress.FindAsync(cancellationToken)));
    }

    static Address? Parse(string? address) => address is null ? null : Address.Parse(address);
}
