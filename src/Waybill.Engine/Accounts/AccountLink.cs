using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>What a link is for.</summary>
public enum LinkKind
{
    /// <summary>Makes the first owner.</summary>
    First,

    /// <summary>Sets a new password.</summary>
    Reset,

    /// <summary>Makes an account with a role, or gives a role to one that is there.</summary>
    Invite,
}

/// <summary>A link that works: not used, not expired.</summary>
/// <param name="Id">Its id; it is not what the link holds.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Person">Whose password it sets.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Name">What they are called, as far as the inviter knew.</param>
/// <param name="Tenant">Where to; <see cref="TenantId.Everybody"/>: the whole instance.</param>
/// <param name="Role">As what.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record AccountLink(
    Guid Id, LinkKind Kind, PersonId? Person, string? Email, string? Name, TenantId? Tenant, Role? Role, DateTimeOffset ExpiresAt);
