using System.Text.Json.Serialization;
using Waybill.Engine.Transports;

namespace Waybill.Server.Health;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can take mail in, or says check by check why not.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    static async Task<IResult> ReadyAsync(HttpContext context, DatabaseCheck database, Relay relay)
    {
        var check = await database.LookAsync(context.RequestAborted);
        var answer = new Readiness(check.IsGood, [check, new HealthCheck("mail", IsGood: true, relay.Transport.Sentence)]);
        return Results.Json(answer, HealthJson.Default.Readiness, statusCode: answer.IsReady ? 200 : 503);
    }
}

/// <summary>Whether this node can take mail in.</summary>
internal sealed record Readiness(bool IsReady, IReadOnlyList<HealthCheck> Checks);

/// <summary>One thing that was looked at.</summary>
internal sealed record HealthCheck(string Name, bool IsGood, string Sentence);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
