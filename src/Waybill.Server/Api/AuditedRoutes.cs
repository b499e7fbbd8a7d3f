using System.Globalization;
using Waybill.Engine.Audit;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Api;

/// <summary>How the API writes down what was administered by it: the key is who did it.</summary>
internal static class AuditedRoutes
{
    /// <summary>Notes an act in the audit of the key's tenant once the endpoint did it.</summary>
    /// <param name="route">An endpoint behind a key.</param>
    /// <param name="act">A word with a dot, the same as for the pages.</param>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route, string act) => Audited(route, act, caller => caller.Tenant);

    /// <summary>The same for what every tenant shares.</summary>
    public static RouteHandlerBuilder AuditedForAll(this RouteHandlerBuilder route, string act) =>
        Audited(route, act, _ => TenantId.Everybody);

    static RouteHandlerBuilder Audited(
        RouteHandlerBuilder route, string act, Func<Caller, TenantId> placeOf) => route.AddEndpointFilter(async (context, next) =>
    {
        var answer = await next(context);
        if (IsDone(answer)) await NoteAsync(context.HttpContext, act, placeOf, IdIn(answer));
        return answer;
    });

    static bool IsDone(object? answer) => answer is not ApiError && answer is not IStatusCodeHttpResult { StatusCode: >= 300 };

    /// <summary>It is done: nobody who goes away now keeps it from being written down.</summary>
    static Task NoteAsync(HttpContext context, string act, Func<Caller, TenantId> placeOf, string? id)
    {
        var caller = context.Features.Get<Caller>()!;
        var who = new Actor(null, $"API key {caller.Key.Name}", context.Connection.RemoteIpAddress?.ToString() ?? "");
        var what = $"{context.Request.Method} {context.Request.Path}" + (id is null ? "" : $" {id}");
        return context.RequestServices.GetRequiredService<AuditTrail>()
            .NoteAsync(who, placeOf(caller), act, what, isDone: true, CancellationToken.None);
    }

    /// <summary>The id of what was made: every answer of the API has it under this name.</summary>
    static string? IdIn(object? answer) => answer is IValueHttpResult { Value: { } value }
        ? Convert.ToString(value.GetType().GetProperty("Id")?.GetValue(value), CultureInfo.InvariantCulture)
        : null;
}
