using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Server.Api.Relays;

namespace Waybill.Server.Admin.Relays;

/// <summary>Tests relays: kept ones, and ones that are still being typed.</summary>
internal sealed class RelayDesk(
    RelayTable table, RelayDirectory directory, RelayFactory factory, RelayTester tester, Tenants tenants, TimeProvider clock)
{
    /// <summary>A relay as it is kept, or as the settings make it.</summary>
    public async Task<IReadOnlyList<TestedStage>> TestAsync(Guid id, CancellationToken cancellationToken) =>
        await TestRelay.WalkAsync(await directory.ForAsync(id, cancellationToken), directory, tester, cancellationToken);

    /// <summary>
    /// A relay as it was typed, over the one that is kept if there is one; its secret is the kept one where none was typed.
    /// </summary>
    public async Task<IReadOnlyList<TestedStage>> TestAsync(
        TenantId tenant, RelayRecord? before, RelayRead typed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var secret = typed.Secret is SecretChange.Keep && before is not null
            ? (await table.OpenAsync(before.Id, cancellationToken))?.Secret
            : typed.NewSecret;
        var record = new RelayRecord(Guid.CreateVersion7(now), tenant, typed.Name.Length > 0
            ? typed.Name
            : "being tested", typed.Settings, now, Version: 0, now, now);
        await using var relay =
            factory.Make(record, secret, await tenants.IsOperatorAsync(before is null ? tenant : before.Tenant, cancellationToken));
        return await TestRelay.WalkAsync(relay, directory, tester, cancellationToken);
    }
}
