using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>What a person is, and where.</summary>
/// <param name="Tenant">Where; <see cref="TenantId.Everybody"/>: in the whole instance, which counts in every tenant.</param>
/// <param name="Role">What.</param>
public sealed record Membership(TenantId Tenant, Role Role);

/// <summary>A person and the role that they have somewhere.</summary>
public sealed record Member(Person Person, Role Role, DateTimeOffset Since);
