using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Engine.Messages;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary><c>GET /v1/events</c> and <c>GET /v1/events/{id}</c>: what happened, and what came of it. Secrets are masked.</summary>
internal static class ReadEvents
{
    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, EventJournal journal)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return Problem.From(error!);
        var (events, hasMore) = await journal.ListAsync(caller.Tenant, page.Limit, page.After, page.Before, context.RequestAborted);
        return Results.Json(new EventListAnswer(hasMore, [.. events.Select(Row)]), ApiJson.Default.EventListAnswer);
    }

    public static async Task<IResult> GetAsync(string id, HttpContext context, Caller caller, EventJournal journal)
    {
        if (!EventKey.TryParse(id, null, out var key)
            || await journal.FindAsync(caller.Tenant, key, context.RequestAborted) is not { } found)
            return Problem.NotFound("Event");
        var effects = await journal.EffectsAsync(caller.Tenant, key, context.RequestAborted);
        return Results.Json(
            new EventAnswer(
                Row(found),
                found.DataContentType,
                found.DataSchema,
                found.Extensions,
                found.Data,
                [.. effects.Messages.Select(message => new CausedMessageAnswer(message.Id, message.Stream, message.Status.Word()))],
                [.. effects.Deliveries.Select(Delivery)],
                [.. effects.Faults.Select(fault => new FaultAnswer(fault.Route, fault.At.OnTheWire(), fault.Reason))]),
            ApiJson.Default.EventAnswer);
    }

    static EventRow Row(EventRecord e) =>
        new(e.Id, e.SenderId, e.Source, e.Type, e.Subject, e.Time?.OnTheWire(), e.AcceptedAt.OnTheWire());

    static DeliveryAnswer Delivery(CausedDelivery one) => new(
        one.Subscription, one.State == "behind" ? "queued" : one.State, one.Attempts, one.DueAt?.OnTheWire(), one.SettledAt?.OnTheWire(),
        one.Reason);
}

/// <summary>An event in a list.</summary>
internal sealed record EventRow(EventKey Id, string EventId, string Source, string Type, string? Subject, string? Time, string AcceptedAt);

/// <summary>A page of events.</summary>
internal sealed record EventListAnswer(bool HasMore, IReadOnlyList<EventRow> Data, string Object = "list");

/// <summary>One event with what it caused.</summary>
internal sealed record EventAnswer(
    EventRow Event, string? Datacontenttype, string? Dataschema, IReadOnlyDictionary<string, JsonElement> Extensions, JsonElement Data,
    IReadOnlyList<CausedMessageAnswer> Messages, IReadOnlyList<DeliveryAnswer> Deliveries, IReadOnlyList<FaultAnswer> RouteFaults);

/// <summary>A message that an event caused.</summary>
internal sealed record CausedMessageAnswer(MessageId Id, string Stream, string Status);

/// <summary>What became of an event at one subscription: queued, handling, handled or parked.</summary>
internal sealed record DeliveryAnswer(string Subscription, string State, int Attempts, string? NextAt, string? SettledAt, string? Reason);

/// <summary>A route that could cause no message.</summary>
internal sealed record FaultAnswer(Guid Route, string At, string Reason);
