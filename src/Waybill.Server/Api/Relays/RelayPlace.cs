using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Api.Relays;

/// <summary>Where a relay may be: the operator's anywhere, a tenant's where the guard lets it.</summary>
internal sealed class RelayPlace(Tenants tenants, RelayFactory factory, TimeProvider clock)
{
    /// <summary>Why it may not be there, in a sentence; null: it may.</summary>
    /// <param name="owner">Whose it is; null: the instance's.</param>
    /// <param name="route">How it is reached.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ApiError?> ObjectionAsync(TenantId? owner, RelayRoute route, CancellationToken cancellationToken) =>
        !await tenants.IsOperatorAsync(owner, cancellationToken)
            && await factory.Guard.ObjectionAsync(route, clock, cancellationToken) is { } sentence
            ? ApiError.Invalid(sentence)
            : null;
}
