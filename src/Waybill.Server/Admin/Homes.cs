using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Admin;

/// <summary>Where people begin who belong to a tenant.</summary>
internal static class Homes
{
    /// <summary>
    /// The first page of the book that the tenant is one of; who runs the instance, and whose tenant is of no book, begins with the
    /// messages. Null: their role opens neither.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="tenant">Where they begin.</param>
    /// <param name="role">What they are there.</param>
    /// <param name="instanceRole">What they are in the whole instance.</param>
    public static async Task<string?> OfAsync(HttpContext context, Tenant tenant, Role role, Role? instanceRole)
    {
        foreach (var book in instanceRole is null ? context.RequestServices.GetServices<Book>() : [])
            if (book.Home is { } home && await book.HasAsync(context.RequestServices, tenant.Id, context.RequestAborted)) return home;
        return role.Allows(Permit.Read) ? $"/admin/t/{tenant.Name}/messages" : null;
    }
}
