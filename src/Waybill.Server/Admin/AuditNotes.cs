using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin;

/// <summary>How pages write down what was done by them.</summary>
internal static class AuditNotes
{
    /// <summary>Notes an act in the tenant of the page, or of the instance where it has none.</summary>
    /// <param name="context">Who did it.</param>
    /// <param name="act">A word with a dot.</param>
    /// <param name="what">To what, in words; never a secret.</param>
    public static Task NoteAsync(this HttpContext context, string act, string what) =>
        NoteInAsync(context, context.Visitor().Tenant?.Id, act, what);

    /// <summary>Notes an act that concerns every tenant.</summary>
    public static Task NoteOfInstanceAsync(this HttpContext context, string act, string what) =>
        NoteInAsync(context, tenant: null, act, what);

    /// <summary>
    /// Notes an act in a tenant that is not that of the page. It is done: nobody who goes away now keeps it from being written down.
    /// </summary>
    public static Task NoteInAsync(this HttpContext context, TenantId? tenant, string act, string what) =>
        context.RequestServices.GetRequiredService<AuditTrail>()
        .NoteAsync(context.Actor(), tenant, act, what, isDone: true, CancellationToken.None);
}
