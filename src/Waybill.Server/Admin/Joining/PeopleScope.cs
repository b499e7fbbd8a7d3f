using Waybill.Engine.Tenancy;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin.Joining;

/// <summary>What people are members of: the tenant of the path or, on pages of none, the whole instance.</summary>
/// <param name="Id">The tenant; <see cref="TenantId.Everybody"/>: the instance.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Path">What the paths of its pages begin with.</param>
internal sealed record PeopleScope(TenantId Id, string Name, string Path)
{
    /// <summary>What the whole instance is called.</summary>
    public const string InstanceName = "Waybill";

    public bool IsInstance => Id == TenantId.Everybody;

    /// <summary>Of the present request.</summary>
    public static PeopleScope Of(HttpContext context) => context.Visitor().Tenant is { } tenant
        ? new(tenant.Id, tenant.Name, "/admin/t/" + tenant.Name)
        : new(TenantId.Everybody, InstanceName, "/admin/instance");
}
