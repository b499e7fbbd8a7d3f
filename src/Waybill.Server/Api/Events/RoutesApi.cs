using System.Diagnostics;
using Waybill.Engine.Events;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary><c>/v1/routes</c>: which events cause which messages.</summary>
internal static class RoutesApi
{
    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, Routes routes) => Results.Json(
        new RouteListAnswer(HasMore: false, [.. (await routes.ListAsync(caller.Tenant, context.RequestAborted)).Select(Answer)]),
        ApiJson.Default.RouteListAnswer);

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        await FindAsync(id, context, caller, routes) is { } route
            ? Results.Json(Answer(route), ApiJson.Default.RouteAnswer)
            : Problem.NotFound("Route");

    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, Routes routes)
    {
        var (rule, problem) = await ReadAsync(context);
        return rule is null ? problem! : Answer(await routes.CreateAsync(caller.Tenant, rule, context.RequestAborted), status: 201);
    }

    public static async Task<IResult> ReplaceAsync(string id, HttpContext context, Caller caller, Routes routes)
    {
        if (await FindAsync(id, context, caller, routes) is not { } route) return Problem.NotFound("Route");
        var (rule, problem) = await ReadAsync(context);
        return rule is null
            ? problem!
            : Answer(await routes.ReplaceAsync(caller.Tenant, route.Id, rule, context.RequestAborted), status: 200);
    }

    public static async Task<IResult> RemoveAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        Guid.TryParseExact(id, "D", out var key) && await routes.RemoveAsync(caller.Tenant, key, context.RequestAborted)
            ? Results.NoContent()
            : Problem.NotFound("Route");

    static async Task<EventRoute?> FindAsync(string id, HttpContext context, Caller caller, Routes routes) =>
        Guid.TryParseExact(id, "D", out var key) ? await routes.FindAsync(caller.Tenant, key, context.RequestAborted) : null;

    static async Task<(RouteRule? Rule, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return (null, Problem.From(error!));
        using var body = read;
        var (rule, faults) = PostedRoute.Read(body.Root);
        return rule is null ? (null, Problem.Invalid(faults[0].ToError().Message)) : (rule, null);
    }

    static IResult Answer(RouteSaving saving, int status) => saving switch
    {
        RouteSaving.Saved(var route) => Results.Json(Answer(route), ApiJson.Default.RouteAnswer, statusCode: status),
        RouteSaving.Refused(var field, var sentence) => Problem.Invalid($"{field}: {sentence}"),
        RouteSaving.NotFound => Problem.NotFound("Route"),
        _ => throw new UnreachableException($"No answer for {saving.GetType().Name}."),
    };

    static RouteAnswer Answer(EventRoute route) => new(
        route.Id, route.Rule.EventType, route.Rule.Conditions, route.Rule.Stream, route.Rule.Template, route.Rule.Recipient,
        route.Rule.Brand, route.Rule.Locale, route.Rule.IsEnabled, route.CreatedAt.OnTheWire(), route.UpdatedAt.OnTheWire());
}

/// <summary>A route.</summary>
internal sealed record RouteAnswer(
    Guid Id, string EventType, IReadOnlyList<RouteCondition> Conditions, string Stream, string Template, string Recipient, string? Brand,
    string? Locale, bool Enabled, string CreatedAt, string UpdatedAt);

/// <summary>All routes of a tenant, in the order in which they were made.</summary>
internal sealed record RouteListAnswer(bool HasMore, IReadOnlyList<RouteAnswer> Data, string Object = "list");
