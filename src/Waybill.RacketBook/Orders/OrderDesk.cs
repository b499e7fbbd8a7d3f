using Waybill.Engine.Acting;
using Waybill.Engine.Accepting;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Orders;

/// <summary>
/// Everything that changes an order. Days, audit, number, paper and mail of one change are one transaction. The mail is handed over after
/// it, and how that goes changes nothing here.
/// </summary>
public sealed class OrderDesk(
    IDatabase database, Units units, Emitter emitter, EmailSender mails, LogoShelf logos, EmitLog log, Tenants tenants, TimeProvider clock)
{
    /// <summary>Writes an order down, and does what else is asked for in the same unit: strung at once, for example.</summary>
    public Task<OrderOutcome> CreateAsync(
        StringerScope scope, Order wanted, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken) =>
        CreateAsync(scope, wanted, Newcomers.None, acts, cancellationToken);

    /// <summary>The same, and with it the client and the racket that are not in the book yet: all of it, or nothing.</summary>
    public async Task<OrderOutcome> CreateAsync(
        StringerScope scope, Order wanted, Newcomers newcomers, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken)
    {
        var (now, today) = (clock.GetUtcNow(), await TodayAsync(scope, cancellationToken));
        var id = Guid.CreateVersion7(now);
        var fresh = wanted with { Id = id, Stringer = scope.Stringer, Days = new(), ReceiptNumber = null, Version = 1, CreatedAt = now };
        return await OnLetterheadAsync(
            scope, on => CreateAsync(newcomers, new(scope, fresh, IsNew: true, today, acts, on), cancellationToken), cancellationToken);
    }

    Task<OrderOutcome> CreateAsync(Newcomers newcomers, OrderChange change, CancellationToken cancellationToken) =>
        RunAsync("create order", unit => CreateAsync(unit, newcomers, change), cancellationToken);

    async ValueTask<OrderOutcome> CreateAsync(Unit unit, Newcomers newcomers, OrderChange change)
    {
        var (order, faults) = await newcomers.AddAsync(unit.Session, change.Scope, change.Before, change.Before.CreatedAt);
        return order is null ? new OrderOutcome.Refused(faults) : await ApplyAsync(unit, change with { Before = order });
    }

    /// <summary>Changes an order.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="expected">The version that the change was made from; null: whichever is there.</param>
    /// <param name="acts">What is to be done, in order; all of it, or nothing.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<OrderOutcome> ChangeAsync(
        StringerScope scope, Guid id, int? expected, IReadOnlyList<OrderAct> acts, CancellationToken cancellationToken)
    {
        var today = await TodayAsync(scope, cancellationToken);
        return await OnLetterheadAsync(
            scope,
            on => ChangeAsync(scope, id, expected, before => new(scope, before, IsNew: false, today, acts, on), cancellationToken),
            cancellationToken);
    }

    async Task<OrderOutcome> ChangeAsync(
        StringerScope scope, Guid id, int? expected, Func<Order, OrderChange> change, CancellationToken cancellationToken)
    {
        await PrintAheadAsync(scope, id, change, cancellationToken);
        return await RunAsync("change order", unit => ChangeAsync(unit, scope, id, expected, change), cancellationToken);
    }

    async ValueTask<OrderOutcome> ChangeAsync(Unit unit, StringerScope scope, Guid id, int? expected, Func<Order, OrderChange> change)
    {
        await unit.Session.HoldAsync([id], CancellationToken.None); // two changes at once are made one after the other, and each is mailed
        if (await OrderRows.FindAsync(unit.Session, scope, id, CancellationToken.None) is not { } order) return new OrderOutcome.Missing();
        if (expected is { } version && version != order.Version) return new OrderOutcome.Stale(order);
        return await ApplyAsync(unit, change(order));
    }

    /// <summary>
    /// Where one writer serves everybody, nobody else is kept waiting for the printing: the paper is printed before the unit, as it will be
    /// by all likelihood, and found within it. Should it come otherwise, the unit prints what is so.
    /// </summary>
    async Task PrintAheadAsync(StringerScope scope, Guid id, Func<Order, OrderChange> change, CancellationToken cancellationToken)
    {
        if (database.Writers > 1) return;
        var likely = await database.ReadAsync(
            async session => await OrderRows.FindAsync(session, scope, id, CancellationToken.None) is { } order
                ? await ForeseeAsync(session, change(order))
                : null,
            cancellationToken);
        if (likely is not null) emitter.Print(likely);
    }

    static async ValueTask<ReceiptData?> ForeseeAsync(Session session, OrderChange change)
    {
        if (await OrderPlan.OfAsync(session, change) is not OrderPlan.Emit(var parts, _)) return null;
        var number = parts.Order.ReceiptNumber ?? await ReceiptCounter.ForeseeAsync(session, change.Scope.Stringer, change.Today.Year);
        return ReceiptMaker.Make(parts, number, change.On.Logo) is Making.Made(var receipt) ? new(receipt, change.On.Logo.Image) : null;
    }

    /// <summary>Sends the receipt of a strung order again, as it is now.</summary>
    public Task<OrderOutcome> ResendAsync(StringerScope scope, Guid id, CancellationToken cancellationToken) => OnLetterheadAsync(
        scope, on => RunAsync("re-send receipt", unit => ResendAsync(unit, scope, id, on), cancellationToken), cancellationToken);

    async ValueTask<OrderOutcome> ResendAsync(Unit unit, StringerScope scope, Guid id, ReceiptStationery on)
    {
        var (parts, receipt, refusal) = await ReceiptAsync(unit.Session, scope, id, on.Logo, CancellationToken.None);
        if (refusal is not null) return refusal;
        var kind = scope.Kind == ActorKind.Admin ? EmitKind.AdminReEmit : EmitKind.ManualReEmit;
        return new OrderOutcome.Done(parts!, await emitter.EmitAsync(unit, scope, parts!, receipt!, kind, on));
    }

    /// <summary>What the receipt of a strung order says now.</summary>
    internal async Task<(ReceiptData? Data, OrderOutcome? Refusal)> ReadReceiptAsync(
        StringerScope scope, Guid id, CancellationToken cancellationToken)
    {
        var logo = await logos.FetchAsync(scope.Stringer, cancellationToken);
        var (_, receipt, refusal) = await database.ReadAsync(
            session => ReceiptAsync(session, scope, id, logo, cancellationToken), cancellationToken);
        return receipt is null ? (null, refusal) : (new(receipt, logo.Image), null);
    }

    static async ValueTask<(OrderParts? Parts, Receipt? Receipt, OrderOutcome? Refusal)> ReceiptAsync(
        Session session, StringerScope scope, Guid id, StringerLogo logo, CancellationToken cancellationToken)
    {
        var order = await OrderRows.FindAsync(session, scope, id, cancellationToken);
        if (order is null) return (null, null, new OrderOutcome.Missing());
        if (order.Days.Strung is null) return Refuse(new("strung_at", "receipt.not-strung"), isConflict: true);
        if (order.ReceiptNumber is not { } number) return Refuse(new("", "receipt.none"), isConflict: true);
        var (parts, missing) = await OrderParts.ReadAsync(session, scope, order, cancellationToken);
        if (missing is not null) return Refuse(missing);
        if (!logo.IsOf(parts!.Stringer)) return (null, null, OrderOutcome.OtherLogo);
        return ReceiptMaker.Make(parts, number, logo) switch
        {
            Making.Made(var receipt) => (parts, receipt, null),
            Making.Refused(var faults) => (null, null, new OrderOutcome.Refused(faults)),
            var other => throw new System.Diagnostics.UnreachableException($"No receipt for {other.GetType().Name}."),
        };
    }

    static (OrderParts?, Receipt?, OrderOutcome?) Refuse(BookFault fault, bool isConflict = false) =>
        (null, null, new OrderOutcome.Refused([fault], isConflict));

    /// <summary>The day that it is where the stringer is.</summary>
    public async ValueTask<DateOnly> TodayAsync(StringerScope scope, CancellationToken cancellationToken)
    {
        var zone = (await tenants.FindAsync(scope.Stringer, cancellationToken))?.TimeZone ?? StringerDesk.StandardZone;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).Date);
    }

    /// <summary>Fetches the template, brand and logo of receipts and runs; runs again if the logo was changed meanwhile.</summary>
    async Task<OrderOutcome> OnLetterheadAsync(
        StringerScope scope, Func<ReceiptStationery, Task<OrderOutcome>> run, CancellationToken cancellationToken)
    {
        var logo = await logos.RecallAsync(scope.Stringer, cancellationToken);
        var outcome = await run(await mails.FetchAsync(scope.Stringer, logo, cancellationToken));
        if (outcome != OrderOutcome.OtherLogo) return outcome;
        logo = await logos.FetchAsync(scope.Stringer, cancellationToken);
        return await run(await mails.FetchAsync(scope.Stringer, logo, cancellationToken));
    }

    /// <summary>Runs a unit that keeps nothing when it refuses, however far it had come, and appends the row of what it emitted.</summary>
    async Task<OrderOutcome> RunAsync(string name, Func<Unit, ValueTask<OrderOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAsync(await units.RunAsync(name, unit => KeepDoneAsync(unit, work), cancellationToken));
        }
        catch (MailRefusedException broken)
        {
            return new OrderOutcome.Refused([new("", "mail.broken", broken.Message)]);
        }
    }

    static async ValueTask<OrderOutcome> KeepDoneAsync(Unit unit, Func<Unit, ValueTask<OrderOutcome>> work)
    {
        var outcome = await work(unit);
        if (outcome is not OrderOutcome.Done) unit.Undo();
        return outcome;
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

    async ValueTask<OrderOutcome> ApplyAsync(Unit unit, OrderChange change) => await OrderPlan.OfAsync(unit.Session, change) switch
    {
        OrderPlan.Refuse(var outcome) => outcome,
        OrderPlan.Nothing(var parts) => new OrderOutcome.Done(parts, Emit: null),
        OrderPlan.Keep(var parts, var steps) => new OrderOutcome.Done(await KeepAsync(unit, change, parts, steps), Emit: null),
        OrderPlan.Emit(var parts, var steps) => await EmitAsync(unit, change, parts, steps),
        var other => throw new System.Diagnostics.UnreachableException($"No way after {other.GetType().Name}."),
    };

    async ValueTask<OrderOutcome> EmitAsync(Unit unit, OrderChange change, OrderParts parts, IReadOnlyList<DayStep> steps)
    {
        var kind = parts.Order.ReceiptNumber is null ? EmitKind.Initial : EmitKind.AutoReEmit;
        var number = parts.Order.ReceiptNumber ?? await ReceiptCounter.MintAsync(unit.Session, change.Scope.Stringer, change.Today.Year);
        var kept = await KeepAsync(unit, change, parts with { Order = parts.Order with { ReceiptNumber = number } }, steps);
        var receipt = ((Making.Made)ReceiptMaker.Make(kept, number, change.On.Logo)).Receipt;
        return new OrderOutcome.Done(kept, await emitter.EmitAsync(unit, change.Scope, kept, receipt, kind, change.On));
    }

    async ValueTask<OrderParts> KeepAsync(Unit unit, OrderChange change, OrderParts parts, IReadOnlyList<DayStep> steps)
    {
        var now = clock.GetUtcNow();
        if (change.IsNew) await OrderRows.InsertAsync(unit.Session, parts.Order);
        else if (!await OrderRows.UpdateAsync(unit.Session, parts.Order))
            throw new InvalidOperationException("An order changed while its unit held it.");
        foreach (var (index, step) in steps.Index())
        {
            var at = now.AddMilliseconds(index); // their ids are in the order of their times
            await StateAudit.AppendAsync(unit.Session, change.Scope, parts.Order.Id, step, at);
            if (step is { After: not null, Transition: not "T1" })
            {
                var (stringer, number) = (change.Scope.Stringer, parts.Order.ReceiptNumber ?? "");
                await NoticeRows.AppendAsync(unit.Session, stringer, NoticeKind(step), parts.Order.Id, number, at);
            }
        }

        return change.IsNew ? parts : parts with { Order = parts.Order with { Version = parts.Order.Version + 1 } };
    }

    static string NoticeKind(DayStep step) => "order_" + step.Field[..^"_at".Length];
}
