using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary>What handlers gave up: <c>GET /v1/parked</c>, and its release.</summary>
internal static class ParkedApi
{
    const int Most = 100;

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, EventBus bus)
    {
        var parked = await bus.ListParkedAsync(caller.Tenant, Most + 1, context.RequestAborted);
        return Results.Json(
            new ParkedListAnswer(parked.Count > Most, [.. parked.Take(Most).Select(Row)]), ApiJson.Default.ParkedListAnswer);
    }

    public static async Task<IResult> ReleaseAsync(string id, string subscription, HttpContext context, Caller caller, EventBus bus) =>
        EventKey.TryParse(id, null, out var key) && await bus.ReleaseAsync(caller.Tenant, key, subscription, context.RequestAborted)
            ? Results.Json(new TakenEvent(key), ApiJson.Default.TakenEvent, statusCode: 202)
            : Problem.NotFound("Parked delivery");

    static ParkedRow Row(ParkedDelivery one) =>
        new(one.Event, one.Type, one.Subscription, one.Attempts, one.ParkedAt.OnTheWire(), one.Reason);
}

/// <summary>A delivery that waits for a person.</summary>
internal sealed record ParkedRow(EventKey Event, string Type, string Subscription, int Attempts, string ParkedAt, string Reason);

/// <summary>The oldest of them.</summary>
internal sealed record ParkedListAnswer(bool HasMore, IReadOnlyList<ParkedRow> Data, string Object = "list");
