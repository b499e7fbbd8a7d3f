using Microsoft.AspNetCore.Http;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Books;

/// <summary>Who asks a book for something: a person by their session, or a program by its key.</summary>
/// <param name="Who">As an audit names them.</param>
/// <param name="Id">The person's id, or the key's.</param>
/// <param name="Locale"><c>en</c> or <c>de</c>.</param>
public sealed record BookVisitor(Actor Who, Guid Id, string Locale)
{
    /// <summary>
    /// What they are in the tenants that they belong to; a key is a member of its one. Roles in the whole instance are not among them.
    /// </summary>
    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    /// <summary>Whether they run the whole instance: they may act for each of its tenants.</summary>
    public bool IsOperator { get; init; }

    /// <summary>What they are in a tenant; null: nothing.</summary>
    public Role? RoleIn(TenantId tenant) => Memberships.FirstOrDefault(one => one.Tenant == tenant)?.Role;

    /// <summary>The tenants that they belong to, those to work in before those to read.</summary>
    public IEnumerable<TenantId> Tenants => Memberships.OrderBy(one => !one.Role.WorksInBook()).Select(one => one.Tenant);

    /// <summary>Whether they may change something in a tenant of theirs.</summary>
    public bool WorksIn(TenantId tenant) => RoleIn(tenant) is { } role && role.WorksInBook();

    /// <summary>Whether they belong to a tenant as one who only reads.</summary>
    public bool OnlyReadsIn(TenantId tenant) => RoleIn(tenant) is { } role && !role.WorksInBook();

    /// <summary>The address that a person signs in with; null: it is a program.</summary>
    public string? Email { get; init; }

    /// <summary>Of the present request. A route of a book is not reached without.</summary>
    public static BookVisitor Of(HttpContext context) =>
        context.Features.Get<BookVisitor>() ?? throw new InvalidOperationException("This route says nothing of whom it is for.");
}
