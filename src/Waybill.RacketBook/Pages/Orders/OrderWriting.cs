using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Composing;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>The forms of a new order and of one that is changed.</summary>
static class OrderWriting
{
    internal static async Task<IResult> ShowNewAsync(
        HttpContext context, StringerScope scope, BookScene scene, OrderList orders, ClientDesk clients, CatalogueDesk catalogue,
        OrderDesk desk)
    {
        var owner = Guid.TryParse(context.Request.Query["client"], out var chosen)
            && await clients.FindAsync(scope, chosen, context.RequestAborted) is { IsRemoved: false } found ? found : null;
        var client = owner?.Id;
        var last = await orders.LastAsync(scope, client, context.RequestAborted);
        if (last is null && client is not null)
            last = await orders.LastAsync(scope, client: null, context.RequestAborted) is { } other
                ? other with { Racket = Guid.Empty }
                : null;
        var typed = OrderForms.Next(last, scene.Owner, client);
        return await NewPageAsync(
            context, scope, (clients, catalogue, desk), owner is { IsSelf: true } ? typed.With("client_id", OrderChoices.Self) : typed, [],
            isLikeLast: last is not null);
    }

    /// <summary>What was typed, with racket and strings as in the last job of the chosen client, if there is one.</summary>
    static async Task<IResult> CopyAsync(
        HttpContext context, StringerScope scope, (ClientDesk Clients, CatalogueDesk Catalogue, OrderDesk Orders) at, OrderList orders,
        Typed typed)
    {
        var client = typed["client_id"] == OrderChoices.Self
            ? (await at.Clients.FindSelfAsync(scope, context.RequestAborted))?.Id
            : Guid.TryParse(typed["client_id"], out var chosen) ? chosen : null;
        var last = client is null ? null : await orders.LastAsync(scope, client, context.RequestAborted);
        return await NewPageAsync(
            context, scope, at, last is null ? typed : OrderForms.LikeLast(typed, last), [], isLikeLast: last is not null);
    }

    internal static async Task<IResult> CreateAsync(
        HttpContext context, StringerScope scope, JobDesk jobs, ClientDesk clients, CatalogueDesk catalogue, OrderDesk desk,
        OrderList orders)
    {
        var typed = await Typed.ReadAsync(context);
        if (typed["nudge"] is { Length: > 0 } nudge)
            return await NewPageAsync(context, scope, (clients, catalogue, desk), OrderForms.Nudged(typed, nudge), []);
        if (typed["then"] == "copy") return await CopyAsync(context, scope, (clients, catalogue, desk), orders, typed);
        return await jobs.SaveAsync(scope, typed, context.RequestAborted) switch
        {
            OrderOutcome.Done done =>
                BookAnswers.SeeOther(
                    context, $"/orders/{done.Parts.Order.Id:D}", done.Emit is null ? context.Say("job.saved") : DoneStrung(context, done)),
            OrderOutcome.Refused(var faults, _) =>
                await NewPageAsync(context, scope, (clients, catalogue, desk), typed, context.Told(faults)),
            var other => throw new System.Diagnostics.UnreachableException($"No page for {other.GetType().Name}."),
        };
    }

    internal static async Task<IResult> ShowEditAsync(
        Guid id, HttpContext context, StringerScope scope, OrderList orders, ClientDesk clients, CatalogueDesk catalogue) =>
        await orders.FindAsync(scope, id, context.RequestAborted) is { } parts
            ? await EditPageAsync(context, scope, (clients, catalogue), parts, OrderForms.Of(parts.Order), [])
            : BookAnswers.Missing(context);

    internal static async Task<IResult> ChangeAsync(
        Guid id, HttpContext context, StringerScope scope, OrderList orders, ClientDesk clients, CatalogueDesk catalogue, OrderDesk desk)
    {
        if (await orders.FindAsync(scope, id, context.RequestAborted) is not { } parts) return BookAnswers.Missing(context);
        var typed = await Typed.ReadAsync(context);
        if (typed["nudge"] is { Length: > 0 } nudge)
            return await EditPageAsync(context, scope, (clients, catalogue), parts, OrderForms.Nudged(typed, nudge), []);
        var fields = OrderForms.Whole(typed).Fields(OrderReader.Boxes.ToArray());
        var change = OrderReader.ReadChange(fields);
        if (fields.Faults.Count > 0)
            return await EditPageAsync(context, scope, (clients, catalogue), parts, typed, context.Told(fields.Faults));
        switch (await desk.ChangeAsync(scope, id, typed.Version, [new OrderAct.Edit(change)], context.RequestAborted))
        {
            case OrderOutcome.Done done:
                return BookAnswers.SeeOther(
                    context, $"/orders/{id:D}",
                    done.Emit is null ? context.Say("saved") : context.Say("order.edited", done.Parts.Order.ReceiptNumber));
            case OrderOutcome.Stale(var current):
                var mine = typed.With("version", OrderForms.Of(current)["version"]);
                var choices = await OrderChoices.ReadAsync(scope, clients, catalogue, parts, context.RequestAborted);
                string Lines(Order order) => OrderForms.Lines(order, choices, name => context.Say("field." + name));
                return await EditPageAsync(
                    context, scope, (clients, catalogue), parts, mine, [], LineDifference.Of(Lines(current), Lines(change(current))));
            case OrderOutcome.Refused(var faults, _):
                return await EditPageAsync(context, scope, (clients, catalogue), parts, typed, context.Told(faults));
            default:
                return BookAnswers.Missing(context);
        }
    }

    /// <summary>
    /// Strung, with its number; that the receipt reached the relay is good to know, that it did not stands in the history alone.
    /// </summary>
    internal static string DoneStrung(HttpContext context, OrderOutcome.Done done) =>
        done is { Outcome: EmitOutcome.Sent, Parts.Client.Person.Email: { } email }
        ? context.Say("marked.strung.sent", done.Parts.Order.ReceiptNumber, email)
        : context.Say("marked.strung", done.Parts.Order.ReceiptNumber);

    /// <summary>Whether the client gets a mail when what stands on the receipt is changed.</summary>
    internal static bool Mails(HttpContext context, OrderParts parts) => parts.Order.Days.Strung is not null
        && Addressee.Of(EmitKind.AutoReEmit, parts.Client, context.RequestServices.GetRequiredService<ReceiptSettings>()) is Addressee.To;

    static async Task<IResult> NewPageAsync(
        HttpContext context, StringerScope scope, (ClientDesk Clients, CatalogueDesk Catalogue, OrderDesk Orders) at, Typed typed,
        IReadOnlyList<Fault> faults, bool isLikeLast = false) =>
        BookAnswers.Page<NewOrderPage>(
            context,
            new
            {
                Typed = typed,
                Choices = await OrderChoices.ReadAsync(scope, at.Clients, at.Catalogue, present: null, context.RequestAborted),
                Today = await at.Orders.TodayAsync(scope, context.RequestAborted),
                IsLikeLast = isLikeLast,
                Faults = faults,
            },
            faults.Count > 0 ? 422 : 200);

    static async Task<IResult> EditPageAsync(
        HttpContext context, StringerScope scope, (ClientDesk Clients, CatalogueDesk Catalogue) at, OrderParts parts, Typed typed,
        IReadOnlyList<Fault> faults, string? conflict = null) =>
        BookAnswers.Page<EditOrderPage>(
            context,
            new
            {
                Parts = parts,
                Mails = Mails(context, parts),
                Typed = typed,
                Choices = await OrderChoices.ReadAsync(scope, at.Clients, at.Catalogue, parts, context.RequestAborted),
                Faults = faults,
                Conflict = conflict
            },
            conflict is not null ? 409 : faults.Count > 0 ? 422 : 200);
}
