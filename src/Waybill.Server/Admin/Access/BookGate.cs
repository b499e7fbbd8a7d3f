using Microsoft.AspNetCore.Antiforgery;
using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;
using Waybill.Server.Api;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Access;

/// <summary>Stands before the routes of books: who is it, and does what would change something come from us.</summary>
internal sealed class BookGate(Gate gate, KeyGate keys, Tenants tenants)
{
    /// <summary>Null when the request may go on; the <see cref="BookVisitor"/> is set then.</summary>
    public Task<IResult?> ObjectionAsync(HttpContext context, BookAccess access) => access switch
    {
        BookAccess.Page(var largest) => PageObjectionAsync(context, largest),
        BookAccess.Anyone => Task.FromResult<IResult?>(null),
        BookAccess.Api(var scope) when context.Request.Headers.Authorization.Count > 0 => KeyObjectionAsync(context, scope),
        _ => SessionObjectionAsync(context),
    };

    async Task<IResult?> PageObjectionAsync(HttpContext context, long? largest)
    {
        if (await gate.ObjectionAsync(context, new Admission.SignedIn(), largest) is { } objection) return objection;
        context.Features.Set(Of(context, context.Visitor()));
        return null;
    }

    async Task<IResult?> KeyObjectionAsync(HttpContext context, string scope)
    {
        if (await keys.ObjectionAsync(context, scope) is { } objection) return objection;
        var caller = context.Features.Get<Caller>()!;
        var who = new Actor(null, $"API key {caller.Key.Name}", context.Machine().Address);
        context.Features.Set(new BookVisitor(who, caller.Key.Id.Value, Appearance.Of(context).Locale)
        {
            Memberships = [new(caller.Tenant, Role.Member)],
            IsOperator = caller.Key.Has(Engine.Keys.Scope.BooksAdmin)
                && await tenants.IsOperatorAsync(caller.Key.Tenant, context.RequestAborted),
        });
        return null;
    }

    /// <summary>
    /// A browser sends the cookie wherever the request comes from: one that would change something proves that it is from a page of ours.
    /// </summary>
    async Task<IResult?> SessionObjectionAsync(HttpContext context)
    {
        if (await gate.FindVisitorAsync(context) is not { } visitor)
            return new BookProblem(401, "missing_api_key", "Send `Authorization: Bearer wb_…`, or sign in.");
        if (!IsSafe(context.Request) && !await IsOursAsync(context))
            return new BookProblem(
                403, "csrf",
                "With a session a request that changes something needs the antiforgery token of a form, or Sec-Fetch-Site: same-origin.");
        context.Features.Set(Of(context, visitor));
        return null;
    }

    static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    static async Task<bool> IsOursAsync(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"] == "same-origin"
            || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);

    static BookVisitor Of(HttpContext context, Visitor visitor) =>
        new(visitor.Person.ActorAt(context.Machine().Address), visitor.Person.Id.Value, Appearance.Of(context).Locale)
        {
            Memberships = [.. visitor.Memberships.Where(one => one.Tenant != TenantId.Everybody)],
            IsOperator = visitor.InstanceRole >= Role.Operator,
            Email = visitor.Person.Email,
        };
}

/// <summary>Puts the gate before the routes of books.</summary>
internal static class BookGateRoutes
{
    /// <summary>Runs between routing and the route.</summary>
    public static IApplicationBuilder UseBookGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var paths = context.RequestServices.GetRequiredService<BookPaths>();
        if (paths.Find(context.Request.Path) is not { } book || IsElses(context))
        {
            await next(context);
            return;
        }

        var isApi = paths.FindApi(context.Request.Path) is not null;
        if (!isApi) PageHeaders.Harden(context.Response.Headers, book.Origins);
        if (context.GetEndpoint() is { } endpoint && await ObjectionAsync(context, endpoint) is { } objection)
            await objection.ExecuteAsync(context);
        else await next(context);
        if (!isApi && !context.Response.HasStarted && context.Response is { StatusCode: 404 or 405, ContentType: null })
            await (await context.RequestServices.GetRequiredService<Gate>().NoPageAsync(context, context.Response.StatusCode)).ExecuteAsync(
                context);
    });

    /// <summary>A route of the server's own below a root of a book's.</summary>
    static bool IsElses(HttpContext context) => context.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<Book>() is null;

    static async Task<IResult?> ObjectionAsync(HttpContext context, Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint) return null; // routing's own: 405 and the like
        var access = endpoint.Metadata.GetMetadata<BookAccess>()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} says nothing of whom it is for.");
        return await context.RequestServices.GetRequiredService<BookGate>().ObjectionAsync(context, access)
            ?? (endpoint.Metadata.GetMetadata<BookObjection>() is { } own ? await own.FindAsync(context) : null);
    }
}
