using System.Net;
using Waybill.Engine.Keys;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;
using Waybill.Server.Api;

namespace Waybill.Server.Metrics;

/// <summary>
/// <c>/metrics</c>, for Prometheus: what this node counted, and what waits in the database. For who asks from this machine, or with an API
/// key of the scope <c>full</c>: how much a business sends is nobody else's affair.
/// </summary>
internal static class MetricsRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext context, MetricsBook book, MessageOutbox outbox, ApiKeys keys)
    {
        if (!IsFromHere(context) && !await HasKeyAsync(context, keys))
            return new ApiError(401, "missing_api_key", "Ask from the machine itself, or with an API key of the scope full.");
        var text = new PrometheusText();
        foreach (var instrument in book.Read()) text.Write(instrument.Key, instrument);
        await WriteWaitingAsync(text, outbox, context.RequestAborted);
        return Results.Content(text.ToString(), PrometheusText.ContentType);
    }

    /// <summary>The figures of this node are there also when the database is not.</summary>
    static async Task WriteWaitingAsync(PrometheusText text, MessageOutbox outbox, CancellationToken cancellationToken)
    {
        try
        {
            var (count, oldest) = await outbox.WaitingAsync(cancellationToken);
            text.WriteGauge("waybill_outbox_messages", "Messages that are due or on their way, of all nodes.", ("", count));
            text.WriteGauge("waybill_outbox_age_seconds", "How long the oldest of them is due.", ("", oldest.TotalSeconds));
            text.WriteGauge("waybill_database_up", "Whether the database answers.", ("", 1));
        }
        catch (StorageException)
        {
            text.WriteGauge("waybill_database_up", "Whether the database answers.", ("", 0));
        }
    }

    /// <summary>A request that a proxy passed on comes from elsewhere, wherever the proxy stands.</summary>
    static bool IsFromHere(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    static async Task<bool> HasKeyAsync(HttpContext context, ApiKeys keys)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && await keys.FindAsync(header["Bearer ".Length..].Trim(), context.RequestAborted) is { } key && key.Has(Scope.Full);
    }
}
