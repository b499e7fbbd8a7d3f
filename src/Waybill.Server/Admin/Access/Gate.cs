using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Admin.Access;

/// <summary>Stands before every page under /admin: who is it, in which tenant, may they, and does the form come from us.</summary>
internal sealed class Gate(Sessions sessions, Tenants tenants, AuditTrail audit)
{
    /// <summary>Null when the request may go on; the <see cref="Visitor"/> is set then, if there is one.</summary>
    public async Task<IResult?> ObjectionAsync(HttpContext context, Admission admission, long? largestForm = null) =>
        await VisitorObjectionAsync(context, admission) ?? await FormGuard.ObjectionAsync(context, largestForm);

    /// <summary>Who is signed in, in no tenant's place; null: nobody. They are the <see cref="Visitor"/> then.</summary>
    public async Task<Visitor?> FindVisitorAsync(HttpContext context)
    {
        var signedIn = SessionCookie.Read(context.Request) is { } secret ? await sessions.FindAsync(secret, context.RequestAborted) : null;
        if (signedIn is null) return null;
        var visitor = await VisitorAsync(signedIn, named: null, context.RequestAborted);
        context.Features.Set(visitor);
        await NoteUseAsync(context, signedIn, tenant: null);
        return visitor;
    }

    /// <summary>The answer where no page of ours is: who is not signed in is asked to be, and learns nothing of what there is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">404, or 405 where there is one for other methods.</param>
    public async Task<IResult> NoPageAsync(HttpContext context, int status) =>
        await VisitorObjectionAsync(context, new Admission.SignedIn()) ?? Refusals.NoSuchPage(context, status);

    async Task<IResult?> VisitorObjectionAsync(HttpContext context, Admission admission)
    {
        var signedIn = SessionCookie.Read(context.Request) is { } secret ? await sessions.FindAsync(secret, context.RequestAborted) : null;
        if (signedIn is null) return admission is Admission.Open ? null : Refusals.NotSignedIn(context);
        var named = context.GetRouteValue("tenant") as string;
        var visitor = await VisitorAsync(signedIn, named, context.RequestAborted);
        context.Features.Set(visitor); // first, so that a page which says no speaks their language too
        if (named is not null && visitor.Role is null) return Refusals.NoSuchPage(context);
        await NoteUseAsync(context, signedIn, visitor.Tenant?.Id);
        if (admission is not Admission.Allowed(var permit) || visitor.May(permit)) return null;
        await audit.NoteAsync(context.Actor(), visitor.Tenant?.Id, Acts.Refused, $"{context.Request.Method} {context.Request.Path}",
            isDone: false, context.RequestAborted);
        return Refusals.NotAllowed(context, permit);
    }

    /// <summary>A tenant that somebody is no member of is, for them, none.</summary>
    async Task<Visitor> VisitorAsync(SignedIn signedIn, string? named, CancellationToken cancellationToken)
    {
        var theirs = (await tenants.ListAsync(cancellationToken)).Where(tenant => signedIn.RoleIn(tenant.Id) is not null).ToList();
        var tenant = theirs.Find(one => one.Name == named);
        var last = theirs.Find(one => one.Id == signedIn.LastTenant) ?? theirs.FirstOrDefault();
        return new(signedIn.Person, signedIn.Session, tenant, tenant is null ? null : signedIn.RoleIn(tenant.Id), theirs)
        {
            Memberships = signedIn.Memberships,
            InstanceRole = signedIn.InstanceRole,
            LastTenant = last,
            LastRole = last is null ? null : signedIn.RoleIn(last.Id),
        };
    }

    /// <summary>Nobody is refused because this could not be noted.</summary>
    async Task NoteUseAsync(HttpContext context, SignedIn signedIn, TenantId? tenant)
    {
        var isElsewhere = tenant is { } here && here != signedIn.LastTenant;
        if (!isElsewhere && !sessions.IsUseOld(signedIn.UsedAt)) return;
        try
        {
            await sessions.NoteUseAsync(signedIn.Session, context.Machine(), tenant, context.RequestAborted);
        }
        catch (StorageException)
        {
            // the page itself will say so if it needs the database
        }
    }
}

/// <summary>Puts the gate before the pages.</summary>
internal static class GateRoutes
{
    /// <summary>Runs between routing and the page, so that not even a form is read of those who may not.</summary>
    public static IApplicationBuilder UseAdminGate(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase) ? PassAsync(context, next) : next(context));

    static async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        PageHeaders.Harden(context.Response.Headers);
        var gate = context.RequestServices.GetRequiredService<Gate>();
        if (context.GetEndpoint() is { } endpoint && IsAdmins(endpoint)
            && await gate.ObjectionAsync(context, AdmissionOf(endpoint)) is { } objection)
            await objection.ExecuteAsync(context);
        else
            await next(context);
        if (IsUnanswered(context.Response)) await AnswerAsync(gate, context);
    }

    /// <summary>Nothing is there, or nothing for this method, and nobody has said so in words.</summary>
    static bool IsUnanswered(HttpResponse response) =>
        !response.HasStarted && response.StatusCode is 404 or 405 && response.ContentType is null;

    static async Task AnswerAsync(Gate gate, HttpContext context)
    {
        PageHeaders.Harden(context.Response.Headers); // a page that has nothing to show may have had headers of its own
        await (await gate.NoPageAsync(context, context.Response.StatusCode)).ExecuteAsync(context);
    }

    static bool IsAdmins(Endpoint endpoint) =>
        endpoint is RouteEndpoint route && ("/" + route.RoutePattern.RawText!.TrimStart('/')) is var path
        && (path == "/admin" || path.StartsWith("/admin/", StringComparison.OrdinalIgnoreCase));

    static Admission AdmissionOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Admission>()
        ?? throw new InvalidOperationException($"{endpoint.DisplayName} says nothing of whom it is for.");
}
