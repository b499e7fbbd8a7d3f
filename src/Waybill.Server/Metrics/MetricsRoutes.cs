using Waybill.Engine.Keys;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;
using Waybill.Server.Api;
using Waybill.Server.Connections;
using Waybill.Server.Http;

namespace Waybill.Server.Metrics;

/// <summary>
/// <c>/metrics</c>, for Prometheus: what this node counted, and what waits in the database. For who asks from this machine, or with a key
/// of the instance: it tells of every tenant, and how much a business sends is nobody else's affair.
/// </summary>
internal static class MetricsRoutes
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext context, MetricsBook book, MessageOutbox outbox, ConnectionDoor door, KeyGate gate)
    {
        if (await ObjectionAsync(context, gate) is { } objection) return objection;
        var text = new PrometheusText();
        foreach (var instrument in book.Read()) text.Write(instrument.Key, instrument);
        WriteConnections(text, door.Figures);
        await WriteWaitingAsync(text, outbox, context.RequestAborted);
        return Results.Content(text.ToString(), PrometheusText.ContentType);
    }

    static void WriteConnections(PrometheusText text, ConnectionFigures figures)
    {
        text.WriteGauge("waybill_connections", "Connections that are open.", ("", figures.Open));
        text.WriteGauge("waybill_connections_limit", "How many connections there may be.", ("", figures.Most));
        text.WriteGauge(
            "waybill_connections_dropped", "Idle connections that were closed for a new one, since the start.", ("", figures.Dropped));
        text.WriteGauge(
            "waybill_connections_turned_away", "New connections that were closed unheard, since the start.", ("", figures.TurnedAway));
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

    /// <summary>A key that is shown decides, wherever it comes from.</summary>
    static async Task<ApiError?> ObjectionAsync(HttpContext context, KeyGate gate) =>
        KeyGate.BringsKey(context.Request) || !KeylessRequest.IsFromThisMachine(context)
            ? await gate.InstanceObjectionAsync(context, Scope.Metrics)
            : null;
}
