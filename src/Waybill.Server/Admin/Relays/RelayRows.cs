using Waybill.Engine.Accounts;
using Waybill.Engine.Counting;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Pages.Relays;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Relays;

/// <summary>Relays as the pages show them: what they carried, and how they were found last.</summary>
internal sealed class RelayRows(RelayTable table, RelayDirectory directory, IDatabase database, TimeProvider clock)
{
    /// <summary>All that the tenant can use, those of the settings first.</summary>
    public async Task<IReadOnlyList<RelayRow>> ListAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var kept = await table.ListAsync(visitor.Tenant!.Id, cancellationToken);
        var (usage, pulses) = await LookAsync(visitor.Tenant.Id, cancellationToken);
        return
        [
            .. directory.FromSettings.Select(one => With(Of(one.Key, one.Value, visitor), one.Value.Key, usage, pulses)),
            .. kept.Select(one => With(Of(one, visitor), one.Id.ToString("D"), usage, pulses)),
        ];
    }

    /// <summary>One of them; null when the tenant has none of that id.</summary>
    public async Task<RelayRow?> FindAsync(Visitor visitor, Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(visitor, cancellationToken)).FirstOrDefault(relay => relay.Id == id);

    /// <summary>What one of them carried for the tenant.</summary>
    public Task<IReadOnlyList<RelayTraffic>> RelayTrafficAsync(
        Visitor visitor, RelayRow relay, TimeRange range, CancellationToken cancellationToken) =>
        RelayTraffic.ReadAsync(database, visitor.Tenant!.Id, relay.Name, range, cancellationToken);

    /// <summary>Whether a visitor may change it: a relay that is everybody's takes a role in the instance.</summary>
    public static bool MayChange(RelayRecord relay, Visitor visitor) => relay.Tenant is not null || visitor.May(Permit.Instance);

    async Task<(IReadOnlyDictionary<string, RelayUsage> Usage, IReadOnlyDictionary<string, RelayPulse> Pulses)> LookAsync(
        TenantId tenant, CancellationToken cancellationToken) => (
        await RelayUsage.ReadAsync(database, clock.GetUtcNow(), cancellationToken),
        await RelayPulse.ReadAsync(database, tenant, cancellationToken));

    static RelayRow With(
        RelayRow row, string key, IReadOnlyDictionary<string, RelayUsage> usage, IReadOnlyDictionary<string, RelayPulse> pulses) =>
        row with
        {
            Usage = row.MayTest ? usage.GetValueOrDefault(key) ?? row.Usage : row.Usage,
            Pulse = pulses.GetValueOrDefault(row.Name)
        };

    static RelayRow Of(Guid id, Relay relay, Visitor visitor) =>
        new(id, relay.Name, relay.Transport.Name, relay.Transport.Sentence)
        {
            IsFromSettings = true,
            IsShared = true,
            MayTest = visitor.May(Permit.Instance),
            Limits = visitor.May(Permit.Instance) ? relay.Limits : new(),
        };

    static RelayRow Of(RelayRecord relay, Visitor visitor) =>
        new(relay.Id, relay.Name, relay.Settings.Route.Kind, Where(relay.Settings.Route))
        {
            IsShared = relay.Tenant is null,
            MayChange = MayChange(relay, visitor),
            MayTest = MayChange(relay, visitor),
            Limits = MayChange(relay, visitor) ? relay.Settings.Limits : new(),
        };

    static string Where(RelayRoute route) => route switch
    {
        RelayRoute.Smtp smtp => FormattableString.Invariant($"{smtp.Host}:{smtp.Port}"),
        RelayRoute.Resend resend => resend.BaseUrl.ToString(),
        _ => throw new System.Diagnostics.UnreachableException($"No place for {route.GetType().Name}."),
    };
}
