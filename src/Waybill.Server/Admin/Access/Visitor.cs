using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Admin.Access;

/// <summary>Who looks at a page.</summary>
/// <param name="Person">Who.</param>
/// <param name="Session">By which session.</param>
/// <param name="Tenant">The tenant of the path; null on pages of the instance and of the person.</param>
/// <param name="Role">What they are there.</param>
/// <param name="Tenants">Where they are something, by name.</param>
internal sealed record Visitor(Person Person, SessionId Session, Tenant? Tenant, Role? Role, IReadOnlyList<Tenant> Tenants)
{
    /// <summary>What they were let in to; the whole instance is among it as <see cref="TenantId.Everybody"/>.</summary>
    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    /// <summary>What they are in the whole instance.</summary>
    public Role? InstanceRole { get; init; }

    /// <summary>Where they were last, if they may still go there; else the first one that they may go to.</summary>
    public Tenant? LastTenant { get; init; }

    /// <summary>What they are there.</summary>
    public Role? LastRole { get; init; }

    /// <summary>What they are in a tenant: the higher one of their role there and their role in the whole instance.</summary>
    public Role? RoleIn(TenantId tenant) => new SignedIn(Session, Person, Memberships, null).RoleIn(tenant);

    /// <summary>
    /// Whether they may: in the tenant of the path; what belongs to no tenant, and pages of none, ask for a role in the whole instance.
    /// </summary>
    public bool May(Permit permit) => (permit == Permit.Instance || Tenant is null ? InstanceRole : Role)?.Allows(permit) ?? false;

    /// <summary>Whether they may in the tenant of the path or, on pages of none, where they were last.</summary>
    public bool MayInTenant(Permit permit) => permit != Permit.Instance && ((Tenant is null ? LastRole : Role)?.Allows(permit) ?? false);

    /// <summary>Whether they may in the whole instance.</summary>
    public bool MayInInstance(Permit permit) => InstanceRole?.Allows(permit) ?? false;

    /// <summary>Of the present request. A page that asks for it is not reached without.</summary>
    public static ValueTask<Visitor> BindAsync(HttpContext context) => new(context.Visitor());
}

/// <summary>How pages ask for their visitor.</summary>
internal static class VisitorOfRequest
{
    public static Visitor Visitor(this HttpContext context) =>
        context.VisitorOrNull() ?? throw new InvalidOperationException("This page is open to everybody: it has no visitor.");

    /// <summary>On pages that are open to everybody: null for who is not signed in.</summary>
    public static Visitor? VisitorOrNull(this HttpContext context) => context.Features.Get<Visitor>();

    /// <summary>A path below the tenant of the page, as in <c>InTenant("messages")</c>.</summary>
    public static string InTenant(this HttpContext context, string path) => $"/admin/t/{context.Visitor().Tenant!.Name}/{path}";

    /// <summary>The visitor as the audit names them.</summary>
    public static Actor Actor(this HttpContext context) => context.Visitor().Person.ActorAt(context.Machine().Address);

    /// <summary>The machine that the request comes from; a proxy's word counts where the settings trust it.</summary>
    public static Machine Machine(this HttpContext context) =>
        new(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            context.Request.Headers.UserAgent.ToString())
        { KnownBy = DeviceCookie.Read(context.Request) };
}
