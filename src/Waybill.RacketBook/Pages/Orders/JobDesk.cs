using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>Takes a new job from one form: the order, and with it the client and the racket that were not in the book yet.</summary>
sealed class JobDesk(OrderDesk orders, ClientDesk clients)
{
    /// <summary>Stands for what is only written down once nothing else is wrong.</summary>
    static readonly string Later = Guid.Empty.ToString("D");

    /// <summary>Writes it all down, or nothing.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="typed">The form.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    internal async Task<OrderOutcome> SaveAsync(StringerScope scope, Typed typed, CancellationToken cancellationToken)
    {
        var whole = OrderForms.Whole(typed);
        var fields = whole.With("client_id", IsNew(typed, "client_id") ? Later : typed["client_id"])
            .With("racket_id", IsNew(typed, "racket_id") ? Later : typed["racket_id"])
            .Fields(OrderReader.Boxes.ToArray());
        var order = OrderReader.ReadNew(fields);
        var days = Days(fields, typed["then"] == "strung", await orders.TodayAsync(scope, cancellationToken));
        if (typed["then"] != "strung" && typed.HasAny("strung_at")) fields.Wrong("strung_at", "day.not-this-way");
        var (client, racket) = (NewClient(typed), NewRacket(typed));
        if (fields.Faults.Count + (client?.Fields.Faults.Count ?? 0) + (racket?.Fields.Faults.Count ?? 0) > 0)
            return new OrderOutcome.Refused(
                [.. Prefixed(client?.Fields.Faults, "client_"), .. Prefixed(racket?.Fields.Faults, "racket_"), .. fields.Faults]);
        if (typed["client_id"] == OrderChoices.Self)
            order = order with { Client = (await clients.FindSelfAsync(scope, cancellationToken))?.Id ?? Guid.Empty };
        return await orders.CreateAsync(scope, order, new(client?.Client, racket?.Racket), days, cancellationToken);
    }

    static List<OrderAct> Days(Fields fields, bool isStrung, DateOnly today)
    {
        var (ordered, strung) = (fields.Day("ordered_at"), isStrung ? fields.Day("strung_at") ?? today : (DateOnly?)null);
        List<OrderAct> days = [new OrderAct.SetDay(Milestone.Ordered, ordered ?? (strung < today ? strung.Value : today))];
        if (strung is { } day) days.Add(new OrderAct.SetDay(Milestone.Strung, day));
        return days;
    }

    static (Client Client, Fields Fields)? NewClient(Typed typed)
    {
        if (typed["client_id"].Length > 0) return null;
        var fields = typed.Below("client_").Fields();
        return (ClientReader.ReadNew(fields), fields);
    }

    static (Racket Racket, Fields Fields)? NewRacket(Typed typed)
    {
        if (typed["racket_id"].Length > 0) return null;
        var fields = typed.Below("racket_").Fields();
        return (CatalogueReader.ReadNewRacket(fields), fields);
    }

    static bool IsNew(Typed typed, string field) => typed[field] is "" or OrderChoices.Self;

    static IEnumerable<BookFault> Prefixed(IReadOnlyList<BookFault>? faults, string prefix) =>
        (faults ?? []).Select(
            fault => fault.Field.Length == 0 || fault.Field.StartsWith(prefix, StringComparison.Ordinal)
                ? fault
                : fault with { Field = prefix + fault.Field });
}
