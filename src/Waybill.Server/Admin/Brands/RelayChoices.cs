using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin.Brands;

/// <summary>The relays that a brand can send by.</summary>
internal sealed class RelayChoices(RelayTable table, RelayDirectory directory)
{
    /// <summary>The default one first, which has no value: a brand that names none follows it.</summary>
    public async Task<IReadOnlyList<Choice>> OfAsync(HttpContext context, TenantId tenant) =>
    [
        new("", context.Say("brands.relay.default")),
        .. directory.FromSettings.Where(one => one.Key != WellKnownRelays.Default)
        .Select(one => new Choice(one.Key.ToString("D"), one.Value.Name)),
        .. (await table.ListAsync(tenant, context.RequestAborted)).Select(relay => new Choice(relay.Id.ToString("D"), relay.Name)),
    ];
}
