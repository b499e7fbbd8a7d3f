using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Brands;

/// <summary>
/// Who speaks for a tenant that has no default brand, and in mails about accounts: the default sender, with no more than its name. It is
/// made anew each time and never stored, for mails are written within units of work too.
/// </summary>
public sealed class UnnamedBrand(DefaultSender sender)
{
    /// <summary>The brand; its id is no brand's.</summary>
    public Brand Of(TenantId tenant) => new(
        new BrandId(Guid.Empty), tenant, BrandBook.DefaultAlias, IsDefault: true, Version: 0, Relay: null,
        new BrandIdentity { Name = sender.From.DisplayName ?? sender.From.Address.Domain }, Logo: null, DateTimeOffset.UnixEpoch);
}
