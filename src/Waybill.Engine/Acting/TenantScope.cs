using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Acting;

/// <summary>As what somebody acts in a tenant.</summary>
public enum ActorKind
{
    /// <summary>As one of the tenant.</summary>
    Member,

    /// <summary>As an admin in the tenant of another, which is written down.</summary>
    Admin,
}

/// <summary>
/// The tenant in which somebody works. Every read and write of a tenant's rows names one, and none can be made without a tenant.
/// </summary>
public record TenantScope
{
    /// <summary>Binds it.</summary>
    /// <exception cref="ArgumentException">No tenant is named.</exception>
    public TenantScope(TenantId tenant, Actor who, Guid actorId, ActorKind kind, string requestId)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (tenant == TenantId.Everybody)
            throw new ArgumentException("No tenant is bound: nothing of a tenant's is read or written without one.", nameof(tenant));
        (Tenant, Who, ActorId, Kind, RequestId) = (tenant, who, actorId, kind, requestId);
    }

    /// <summary>Whose rows are read and written.</summary>
    public TenantId Tenant { get; }

    /// <summary>Who works in it.</summary>
    public Actor Who { get; }

    /// <summary>The id of their own tenant; the person's or the key's, where they have none.</summary>
    public Guid ActorId { get; }

    /// <summary>As what.</summary>
    public ActorKind Kind { get; }

    /// <summary>The request, as logs and audits name it; empty outside of one.</summary>
    public string RequestId { get; }
}
