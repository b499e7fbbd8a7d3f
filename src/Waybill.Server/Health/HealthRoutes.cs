using System.Text.Json.Serialization;
using Waybill.Engine.Keys;
using Waybill.Engine.Relays;
using Waybill.Server.Api;
using Waybill.Server.Http;

namespace Waybill.Server.Health;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can take mail in. Why not is for those who may know of the instance.
/// </summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    static async Task<IResult> ReadyAsync(HttpContext context, DatabaseCheck database, Relay relay, KeyGate gate)
    {
        var check = await database.LookAsync(context.RequestAborted);
        var checks = await MaySeeAsync(context, gate)
            ? (IReadOnlyList<HealthCheck>)[check, new("mail", IsGood: true, relay.Transport.Sentence)]
            : null;
        return Results.Json(new Readiness(check.IsGood, checks), HealthJson.Default.Readiness, statusCode: check.IsGood ? 200 : 503);
    }

    /// <summary>A load balancer, or a tenant, is told whether and not why. A key that cannot be looked up now is none.</summary>
    static async Task<bool> MaySeeAsync(HttpContext context, KeyGate gate)
    {
        if (!KeyGate.BringsKey(context.Request)) return KeylessRequest.IsFromThisMachine(context);
        try
        {
            return await gate.InstanceObjectionAsync(context, Scope.Metrics) is null;
        }
        catch (Engine.Storage.StorageException)
        {
            return false;
        }
    }
}

/// <summary>Whether this node can take mail in, and for those who may know why.</summary>
internal sealed record Readiness(
    bool IsReady, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<HealthCheck>? Checks);

/// <summary>One thing that was looked at.</summary>
internal sealed record HealthCheck(string Name, bool IsGood, string Sentence);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
