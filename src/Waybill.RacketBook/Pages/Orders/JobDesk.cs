using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Reading;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>Takes a new job from one form: the order, and with it the client and the racket that were not in the book yet.</summary>
sealed class JobDesk(OrderDesk orders, ClientDesk clients, CatalogueDesk catalogue)
{
    /// <summary>Stands for what is only written down once nothing else is wrong.</summary>
    static readonly string Later = Guid.Empty.ToString("D");

    /// <summary>Writes it all down, or nothing.</summary>
    /// <param name="bench">Whose.</param>
    /// <param name="typed">The form.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    internal async Task<JobOutcome> SaveAsync(Bench bench, Typed typed, CancellationToken cancellationToken)
    {
        var whole = OrderForms.Whole(typed);
        var fields = whole.With("client_id", IsNew(typed, "client_id") ? Later : typed["client_id"]).With("racket_id", IsNew(typed, "racket_id") ? Later : typed["racket_id"])
            .Fields(OrderReader.Boxes.ToArray());
        var order = OrderReader.ReadNew(fields);
        var days = Days(fields, typed["then"] == "strung", await orders.TodayAsync(bench, cancellationToken));
        var (client, racket) = (NewClient(typed), NewRacket(typed));
        if (fields.Faults.Count + (client?.Fields.Faults.Count ?? 0) + (racket?.Fields.Faults.Count ?? 0) > 0)
            return new JobOutcome.Refused([.. Prefixed(client?.Fields.Faults, "client_"), .. Prefixed(racket?.Fields.Faults, "racket_"), .. fields.Faults]);
        return await SaveAsync(new(bench, typed, order, days, client?.Client, racket?.Racket), cancellationToken);
    }

    async Task<JobOutcome> SaveAsync(Job job, CancellationToken cancellationToken)
    {
        var (client, wrongClient) = await ClientAsync(job, cancellationToken);
        if (client is null) return new JobOutcome.Refused([.. Prefixed(wrongClient, "client_")]);
        var (racket, wrongRacket) = await RacketAsync(job, client.Value, cancellationToken);
        if (racket is null)
        {
            await ForgetAsync(job, client, racket: null);
            return new JobOutcome.Refused([.. Prefixed(wrongRacket, "racket_")]);
        }

        var outcome = await orders.CreateAsync(job.Bench, job.Order with { Client = client.Value, Racket = racket.Value }, job.Days, cancellationToken);
        if (outcome is OrderOutcome.Done done) return new JobOutcome.Done(done);
        await ForgetAsync(job, client, racket);
        return new JobOutcome.Refused((outcome as OrderOutcome.Refused)?.Faults ?? [new BookFault("", "stale")]);
    }

    async Task<(Guid? Id, IReadOnlyList<BookFault> Faults)> ClientAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Typed["client_id"] == OrderChoices.Self)
            return await clients.FindSelfAsync(job.Bench, cancellationToken) is { } self ? (self.Id, []) : (null, [new("client_id", "client.missing")]);
        if (job.NewClient is null) return (job.Order.Client, []);
        var saving = await clients.CreateAsync(job.Bench, job.NewClient, cancellationToken);
        return saving is Saving<Client>.Done(var made) ? (made.Id, []) : (null, (saving as Saving<Client>.Refused)?.Faults ?? []);
    }

    async Task<(Guid? Id, IReadOnlyList<BookFault> Faults)> RacketAsync(Job job, Guid client, CancellationToken cancellationToken)
    {
        if (job.NewRacket is null) return (job.Order.Racket, []);
        var saving = await catalogue.CreateAsync(job.Bench, job.NewRacket with { Visibility = Visibility.OneOff, OwnerClient = client }, cancellationToken);
        return saving is Saving<Racket>.Done(var made) ? (made.Id, []) : (null, (saving as Saving<Racket>.Refused)?.Faults ?? []);
    }

    /// <summary>The job came to nothing, so what was made for it goes again.</summary>
    async Task ForgetAsync(Job job, Guid? client, Guid? racket)
    {
        if (racket is { } bare && job.NewRacket is not null) await catalogue.RemoveAsync(job.Bench, CatalogueKind.Racket, bare, CancellationToken.None);
        if (client is { } known && job.NewClient is not null) await clients.RemoveAsync(job.Bench, known, CancellationToken.None);
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
        (faults ?? []).Select(fault => fault.Field.Length == 0 || fault.Field.StartsWith(prefix, StringComparison.Ordinal) ? fault : fault with { Field = prefix + fault.Field });

    sealed record Job(Bench Bench, Typed Typed, Order Order, IReadOnlyList<OrderAct> Days, Client? NewClient, Racket? NewRacket);
}

/// <summary>What taking a job came to.</summary>
abstract record JobOutcome
{
    private JobOutcome() { }

    /// <summary>It is in the book.</summary>
    internal sealed record Done(OrderOutcome.Done Order) : JobOutcome;

    /// <summary>It is not, nor anything that came with it.</summary>
    internal sealed record Refused(IReadOnlyList<BookFault> Faults) : JobOutcome;
}
