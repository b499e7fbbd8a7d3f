using Waybill.Engine.Accepting;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>
/// Everything that changes an order. Days, audit, number, paper and mail of one change are one transaction; the mail is handed over after it,
/// and how that goes changes nothing here.
/// </summary>
public sealed class OrderDesk(IDatabase database, Units units, Emitter emitter, EmailSender mails, EmitLog log, Tenants tenants, TimeProvider clock)
{
    /// <summary>Writes an order down, and does what else is asked for in the same unit: strung at once, for example.</summary>
    public Task<OrderOutcome> CreateAsync(Bench bench, Order wanted, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken) =>
        CreateAsync(bench, wanted, Newcomers.None, acts, cancellationToken);

    /// <summary>The same, and with it the client and the racket that are not in the book yet: all of it, or nothing.</summary>
    public Task<OrderOutcome> CreateAsync(Bench bench, Order wanted, Newcomers newcomers, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken)
    {
        var fresh = wanted with { Id = Guid.CreateVersion7(clock.GetUtcNow()), Stringer = bench.Stringer, Days = new(), ReceiptNumber = null, Version = 1, CreatedAt = clock.GetUtcNow() };
        return RunAsync(bench, "create order", session => AddAsync(session), acts, isNew: true, cancellationToken);

        async ValueTask<(Order?, OrderOutcome?)> AddAsync(Session session)
        {
            var (order, faults) = await newcomers.AddAsync(session, bench, fresh, fresh.CreatedAt);
            return (order, order is null ? new OrderOutcome.Refused(faults) : null);
        }
    }

    /// <summary>Changes an order.</summary>
    /// <param name="bench">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="expected">The version that the change was made from; null: whichever is there.</param>
    /// <param name="acts">What is to be done, in order; all of it, or nothing.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public Task<OrderOutcome> ChangeAsync(Bench bench, Guid id, int? expected, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken) =>
        RunAsync(bench, "change order", session => FindAsync(session, bench, id, expected), acts, isNew: false, cancellationToken);

    /// <summary>Sends the receipt of a strung order again, as it is now.</summary>
    public async Task<OrderOutcome> ResendAsync(Bench bench, Guid id, CancellationToken cancellationToken)
    {
        var kind = bench.Kind == ActorKind.Admin ? EmitKind.AdminReEmit : EmitKind.ManualReEmit;
        var on = await mails.FetchAsync(bench.Stringer, cancellationToken);
        return await RunAsync(
            "re-send receipt",
            async unit =>
            {
                var (parts, receipt, refusal) = await ReceiptAsync(unit.Session, bench, id, CancellationToken.None);
                return refusal ?? new OrderOutcome.Done(parts!, await emitter.EmitAsync(unit, bench, parts!, receipt!, kind, on));
            },
            cancellationToken);
    }

    /// <summary>What the receipt of a strung order says now.</summary>
    public Task<(OrderParts? Parts, Receipt? Receipt, OrderOutcome? Refusal)> ReadReceiptAsync(Bench bench, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReceiptAsync(session, bench, id, cancellationToken), cancellationToken);

    /// <summary>The day that it is where the stringer is.</summary>
    public async ValueTask<DateOnly> TodayAsync(Bench bench, CancellationToken cancellationToken)
    {
        var zone = (await tenants.FindAsync(bench.Stringer, cancellationToken))?.TimeZone ?? "Europe/Zurich";
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).Date);
    }

    async Task<OrderOutcome> RunAsync(
        Bench bench, string name, Func<Session, ValueTask<(Order?, OrderOutcome?)>> find, IReadOnlyList<OrderAct> acts, bool isNew, CancellationToken cancellationToken)
    {
        var today = await TodayAsync(bench, cancellationToken);
        var on = await mails.FetchAsync(bench.Stringer, cancellationToken);
        return await RunAsync(
            name,
            async unit =>
            {
                var (before, refusal) = await find(unit.Session);
                return refusal ?? await ApplyAsync(unit, new(bench, before!, isNew, today, on), acts);
            },
            cancellationToken);
    }

    /// <summary>Runs a unit that keeps nothing when it refuses, however far it had come, and appends the row of what it emitted.</summary>
    async Task<OrderOutcome> RunAsync(string name, Func<Unit, ValueTask<OrderOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await units.RunAsync(name, async unit => await work(unit) is var came && came is OrderOutcome.Done done ? done : throw new UndoneException(came), cancellationToken);
            return await SettleAsync(outcome);
        }
        catch (UndoneException undone)
        {
            return undone.Outcome;
        }
        catch (MailRefusedException broken)
        {
            return new OrderOutcome.Refused([new("", "mail.broken", broken.Message)]);
        }
    }

    static async ValueTask<(Order?, OrderOutcome?)> FindAsync(Session session, Bench bench, Guid id, int? expected)
    {
        await session.HoldAsync([id], CancellationToken.None); // two changes at once are made one after the other, and each is mailed
        if (await OrderRows.FindAsync(session, bench, id, CancellationToken.None) is not { } order) return (null, new OrderOutcome.Missing());
        return expected is { } version && version != order.Version ? (null, new OrderOutcome.Stale(order)) : (order, null);
    }

    async ValueTask<OrderOutcome> ApplyAsync(Unit unit, Change change, IReadOnlyList<OrderAct> acts)
    {
        var (after, steps, refusal) = await AfterAsync(unit.Session, change, acts);
        if (refusal is not null) return refusal;
        var (parts, missing) = await OrderParts.ReadAsync(unit.Session, change.Bench, after!, CancellationToken.None);
        if (missing is not null) return new OrderOutcome.Refused([missing]);
        if (!change.IsNew && after == change.Before) return new OrderOutcome.Done(parts!, Emit: null);
        if (Removed(change, parts!) is { } gone) return new OrderOutcome.Refused([gone]);
        if (!ReEmitRule.Emits(change.Before, after!)) return new OrderOutcome.Done(await KeepAsync(unit, change, parts!, steps), Emit: null);
        if (ReceiptMaker.Make(parts!, after!.ReceiptNumber ?? "") is Making.Refused(var faults)) return new OrderOutcome.Refused(faults);
        return await EmitAsync(unit, change, parts!, steps);
    }

    /// <summary>What the acts make of the order, one after the other.</summary>
    static async ValueTask<(Order? After, List<DayStep> Steps, OrderOutcome? Refusal)> AfterAsync(Session session, Change change, IReadOnlyList<OrderAct> acts)
    {
        var (after, steps) = (change.Before, new List<DayStep>());
        var present = await ClientRows.FindAsync(session, change.Bench, after.Client, CancellationToken.None);
        foreach (var act in change.IsNew && present is { IsSelf: false } ? WithOrdered(acts, change.Today) : acts)
        {
            if (await ClientRows.FindAsync(session, change.Bench, after.Client, CancellationToken.None) is not { } client)
                return (null, steps, new OrderOutcome.Refused([new("client_id", "client.missing")]));
            (after, var step, var fault) = act.Apply(after, client, change.Today);
            if (fault is not null) return (null, steps, new OrderOutcome.Refused([fault], IsConflict: act is OrderAct.ClearDay));
            if (step is not null) steps.Add(step);
        }

        return (after, steps, null);
    }

    /// <summary>A client's job was ordered the day it is written down, unless somebody says otherwise; what was strung last week was not ordered today.</summary>
    static IReadOnlyList<OrderAct> WithOrdered(IReadOnlyList<OrderAct> acts, DateOnly today)
    {
        var days = acts.OfType<OrderAct.SetDay>().ToList();
        if (days.Exists(one => one.Milestone == Milestone.Ordered)) return acts;
        var strung = days.Find(one => one.Milestone == Milestone.Strung)?.Day ?? today;
        return [new OrderAct.SetDay(Milestone.Ordered, strung < today ? strung : today), .. acts.Where(act => act is not OrderAct.ClearDay { Milestone: Milestone.Ordered })];
    }

    /// <summary>For a client who was removed nothing new is begun; what was strung for them is still corrected, and sent to them.</summary>
    static BookFault? Removed(Change change, OrderParts parts)
    {
        var isNews = change.IsNew || change.Before.Client != parts.Client.Id || (change.Before.Days.Strung is null && parts.Order.Days.Strung is not null);
        return parts.Client.IsRemoved && isNews ? new("client_id", "client.removed", parts.Client.Person.Name) : null;
    }

    async ValueTask<OrderOutcome> EmitAsync(Unit unit, Change change, OrderParts parts, List<DayStep> steps)
    {
        var kind = parts.Order.ReceiptNumber is null ? EmitKind.Initial : EmitKind.AutoReEmit;
        var number = parts.Order.ReceiptNumber ?? await ReceiptCounter.MintAsync(unit.Session, change.Bench.Stringer, change.Today.Year);
        var kept = await KeepAsync(unit, change, parts with { Order = parts.Order with { ReceiptNumber = number } }, steps);
        var receipt = ((Making.Made)ReceiptMaker.Make(kept, number)).Receipt;
        return new OrderOutcome.Done(kept, await emitter.EmitAsync(unit, change.Bench, kept, receipt, kind, change.On));
    }

    async ValueTask<OrderParts> KeepAsync(Unit unit, Change change, OrderParts parts, List<DayStep> steps)
    {
        var now = clock.GetUtcNow();
        if (change.IsNew) await OrderRows.InsertAsync(unit.Session, parts.Order);
        else if (!await OrderRows.UpdateAsync(unit.Session, parts.Order)) throw new InvalidOperationException("An order changed while its unit held it.");
        foreach (var step in steps)
        {
            await StateAudit.AppendAsync(unit.Session, change.Bench, parts.Order.Id, step, now);
            if (step is { After: not null, Transition: not "T1" })
                await NoticeRows.AppendAsync(unit.Session, change.Bench.Stringer, NoticeKind(step), parts.Order.Id, parts.Order.ReceiptNumber ?? "", now);
        }

        return change.IsNew ? parts : parts with { Order = parts.Order with { Version = parts.Order.Version + 1 } };
    }

    static string NoticeKind(DayStep step) => "order_" + step.Field[..^"_at".Length];

    static async ValueTask<(OrderParts? Parts, Receipt? Receipt, OrderOutcome? Refusal)> ReceiptAsync(
        Session session, Bench bench, Guid id, CancellationToken cancellationToken)
    {
        if (await OrderRows.FindAsync(session, bench, id, cancellationToken) is not { } order) return (null, null, new OrderOutcome.Missing());
        if (order is not { Days.Strung: not null, ReceiptNumber: { } number }) return (null, null, new OrderOutcome.Refused([new("strung_at", "receipt.not-strung")], IsConflict: true));
        var (parts, missing) = await OrderParts.ReadAsync(session, bench, order, cancellationToken);
        if (missing is not null) return (null, null, new OrderOutcome.Refused([missing]));
        return ReceiptMaker.Make(parts!, number) switch
        {
            Making.Made(var receipt) => (parts, receipt, null),
            Making.Refused(var faults) => (null, null, new OrderOutcome.Refused(faults)),
            var other => throw new System.Diagnostics.UnreachableException($"No receipt for {other.GetType().Name}."),
        };
    }

    /// <summary>It is done: nobody who goes away now keeps it from being written down.</summary>
    async Task<OrderOutcome> SettleAsync(OrderOutcome outcome)
    {
        if (outcome is not OrderOutcome.Done { Emit: { } emit } done) return outcome;
        try
        {
            return done with { Outcome = await log.SettleAsync(emit, CancellationToken.None) };
        }
        catch (StorageException)
        {
            return done; // the keeper appends the row
        }
    }

    /// <summary>Takes back what a unit wrote before it was refused.</summary>
    sealed class UndoneException(OrderOutcome outcome) : Exception
    {
        internal OrderOutcome Outcome => outcome;
    }

    /// <summary>One change of one order.</summary>
    sealed record Change(Bench Bench, Order Before, bool IsNew, DateOnly Today, ReceiptStationery On);
}
