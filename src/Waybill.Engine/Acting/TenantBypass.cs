using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Acting;

/// <summary>
/// How an admin works in a tenant that is not theirs: by naming it, and each time it is written down before anything is read.
/// </summary>
public sealed class TenantBypass(AuditTrail audit)
{
    /// <summary>Writes the line of the audit, and gives the scope.</summary>
    /// <param name="tenant">The tenant that they name; the line is among that tenant's.</param>
    /// <param name="who">The admin. Whether they are one is asked before.</param>
    /// <param name="actorId">The id of their own tenant, or their own.</param>
    /// <param name="book">The book, which begins the act: <c>racketbook.bypass</c>.</param>
    /// <param name="request">What they ask for, e.g. <c>GET /racketbook/v1/orders</c>.</param>
    /// <param name="requestId">The request, as logs name it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">No tenant is named.</exception>
    public async Task<TenantScope> EnterAsync(
        TenantId tenant, Actor who, Guid actorId, string book, string request, string requestId, CancellationToken cancellationToken)
    {
        var scope = new TenantScope(tenant, who, actorId, ActorKind.Admin, requestId);
        await audit.NoteAsync(who, tenant, book + ".bypass", $"{request} {requestId}", isDone: true, cancellationToken);
        return scope;
    }
}
