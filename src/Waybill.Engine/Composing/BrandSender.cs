using Waybill.Engine.Brands;
using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Composing;

/// <summary>
/// Who a brand's mails come from and where their answers go (product, ruling 22); an address that the brand names itself goes first.
/// </summary>
public sealed class BrandSender(RelayTable relays, DefaultSender standard, OperatorAddress operatorAddress, Tenants tenants)
{
    /// <summary>The choice for a brand.</summary>
    public async Task<SenderChoice> ForAsync(TenantId tenant, Brand brand, CancellationToken cancellationToken)
    {
        var relay = brand.Relay is { } id ? await relays.FindAsync(tenant, id, cancellationToken) : null;
        var ofRelay = relay?.Settings.From is { } from ? Mailbox.Parse(from) : null;
        var own = Parse(brand.Identity.SenderAddress) ?? ofRelay?.Address;
        var choice = SenderChoice.Make(
            new(
                brand.Identity.Name, brand.Identity.SenderName, ofRelay?.DisplayName, own,
                HasOwnRelay: own is not null || brand.Relay is not null, Parse(brand.Identity.ReplyTo), Parse(brand.Identity.SupportEmail)),
            standard.From.Address,
            standard.Domains,
            Parse(await operatorAddress.FindAsync(cancellationToken)));
        return relay?.Tenant == tenant || await MayChooseAsync(tenant, choice.From.Address, cancellationToken)
            ? choice
            : choice with { ProgramFrom = new(choice.From.DisplayName, standard.From.Address) };
    }

    /// <summary>
    /// Whether the program may write from an address because the tenant's brand says so: by a relay of the instance, only with a grant.
    /// </summary>
    async ValueTask<bool> MayChooseAsync(TenantId tenant, Address from, CancellationToken cancellationToken) =>
        from == standard.From.Address || (await tenants.FindAsync(tenant, cancellationToken) is { } known && known.Senders.Covers(from));

    static Address? Parse(string? address) => address is null ? null : Address.Parse(address);
}
