using System.Diagnostics;
using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Server.Api.Rates;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary>
/// <c>POST /v1/events</c>: the HTTP binding of CloudEvents 1.0, with JSON as the format: structured, batch and binary mode. Answered with
/// 202 when the events are on disk with everything that they cause.
/// </summary>
internal static class PostEvents
{
    const int Most = 100;
    const string Structured = "application/cloudevents+json";
    const string Batch = "application/cloudevents-batch+json";

    public static async Task<IResult> HandleAsync(HttpContext context, Caller caller, EventAcceptor acceptor, RateLimits rates)
    {
        var mode = Mode(context.Request);
        if (mode == ContentMode.Unknown)
            return new Problem(
                415, "unknown_content_mode", $"Send {Structured}, {Batch}, or JSON data with ce-… headers (CloudEvents 1.0).");
        if (mode == ContentMode.Binary && CloudEventHeaders.Objection(context.Request) is { } objection) return objection;
        if (mode == ContentMode.Binary && context.Request.ContentLength is 0)
            return await AcceptAsync(caller, acceptor, [CloudEventHeaders.Read(context.Request, data: null)], isBatch: false, context);
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        return mode switch
        {
            ContentMode.Binary =>
                await AcceptAsync(caller, acceptor, [CloudEventHeaders.Read(context.Request, body.Root)], isBatch: false, context),
            ContentMode.Structured => await AcceptAsync(caller, acceptor, [CloudEventJson.Read(body.Root)], isBatch: false, context),
            _ when body.Root.ValueKind != JsonValueKind.Array => Problem.Invalid("A batch must be a JSON array of events."),
            _ when body.Root.GetArrayLength() is 0 or > Most => Problem.Invalid($"A batch must have between 1 and {Most} events."),
            // the request itself was the first
            _ when rates.Objection(context, caller, body.Root.GetArrayLength() - 1) is { } tooMany => tooMany,
            _ => await AcceptAsync(caller, acceptor, [.. body.Root.EnumerateArray().Select(CloudEventJson.Read)], isBatch: true, context),
        };
    }

    static async Task<IResult> AcceptAsync(
        Caller caller, EventAcceptor acceptor, IReadOnlyList<(NewEvent? Event, Problem? Problem)> read, bool isBatch, HttpContext context)
    {
        for (var i = 0; i < read.Count; i++)
            if (read[i].Problem is { } problem) return isBatch ? problem with { Detail = $"events[{i}]: {problem.Detail}" } : problem;
        var acceptance = await acceptor.AcceptAsync(caller.Tenant, [.. read.Select(one => one.Event!)], context.RequestAborted);
        return acceptance switch
        {
            EventAcceptance.Accepted(var ids) when isBatch =>
                Results.Json(new TakenEvents([.. ids.Select(id => new TakenEvent(id))]), ApiJson.Default.TakenEvents, statusCode: 202),
            EventAcceptance.Accepted(var ids) => Results.Json(new TakenEvent(ids[0]), ApiJson.Default.TakenEvent, statusCode: 202),
            EventAcceptance.Conflicting(var index) => new Problem(
                409, "event_conflict",
                $"{(isBatch ? $"events[{index}]: " : "")}Another event came before under this source and id; nothing was taken in."),
            _ => throw new UnreachableException($"No answer for {acceptance.GetType().Name}."),
        };
    }

    /// <summary>By the media type, and where that names no CloudEvents format, by the headers (HTTP binding §3).</summary>
    static ContentMode Mode(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (type.Equals(Structured, StringComparison.OrdinalIgnoreCase)) return ContentMode.Structured;
        if (type.Equals(Batch, StringComparison.OrdinalIgnoreCase)) return ContentMode.Batch;
        if (type.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase)) return ContentMode.Unknown;
        return request.Headers.Keys.Any(name => name.StartsWith(CloudEventHeaders.Prefix, StringComparison.OrdinalIgnoreCase))
            ? ContentMode.Binary
            : ContentMode.Unknown;
    }

    enum ContentMode
    {
        Unknown,
        Structured,
        Batch,
        Binary,
    }
}

/// <summary>An event that was taken in.</summary>
internal sealed record TakenEvent(EventKey Id);

/// <summary>The events of a batch in their order.</summary>
internal sealed record TakenEvents(IReadOnlyList<TakenEvent> Data);
