using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>A session that counts: whose it is, and what they may be where.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Person">Whose.</param>
/// <param name="Memberships">What they are.</param>
/// <param name="LastTenant">Where they were last.</param>
public sealed record SignedIn(SessionId Session, Person Person, IReadOnlyList<Membership> Memberships, TenantId? LastTenant)
{
    /// <summary>When its use was last noted.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>Their role in the whole instance.</summary>
    public Role? InstanceRole => RoleOf(TenantId.Everybody);

    /// <summary>Their role in a tenant: the higher one of theirs there and theirs in the whole instance.</summary>
    public Role? RoleIn(TenantId tenant) => (RoleOf(tenant), InstanceRole) is ({ } own, { } everywhere)
        ? (Role)Math.Max((int)own, (int)everywhere)
        : RoleOf(tenant) ?? InstanceRole;

    Role? RoleOf(TenantId tenant) => Memberships.FirstOrDefault(one => one.Tenant == tenant)?.Role;
}

/// <summary>A session as it is listed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Device">What the browser says it is.</param>
/// <param name="Address">Where it was used last.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UsedAt">When it was used last, to the minute.</param>
public sealed record ListedSession(SessionId Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset UsedAt);

/// <summary>The machine that a request comes from.</summary>
/// <param name="Address">Its IP address.</param>
/// <param name="Device">What its browser says it is.</param>
public sealed record Machine(string Address, string Device)
{
    /// <summary>What its cookie says of who signed in on it before; null: it has none.</summary>
    public string? KnownBy { get; init; }

    /// <summary>Whether it is the one that the server runs on.</summary>
    public bool IsThisOne => System.Net.IPAddress.TryParse(Address, out var address) && System.Net.IPAddress.IsLoopback(address);

    /// <summary>What counts as one place: an IPv4 address, or of IPv6 the /64.</summary>
    public string Net => SignInThrottle.Net(Address);
}
