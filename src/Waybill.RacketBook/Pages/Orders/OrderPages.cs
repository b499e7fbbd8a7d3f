using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>The pages of orders: the list, one order, and what is done to it with one tap.</summary>
static class OrderPages
{
    const int OnAPage = 50;

    internal static void MapOrders(this IEndpointRouteBuilder book)
    {
        book.MapGet("/orders", ListAsync);
        book.MapGet("/orders/new", OrderWriting.ShowNewAsync).ForWork();
        book.MapPost("/orders/new", OrderWriting.CreateAsync);
        book.MapGet("/orders/{id:guid}", ShowAsync);
        book.MapGet("/orders/{id:guid}/edit", OrderWriting.ShowEditAsync).ForWork();
        book.MapPost("/orders/{id:guid}/edit", OrderWriting.ChangeAsync);
        book.MapPost("/orders/{id:guid}/resend", ResendAsync);
        foreach (var milestone in Enum.GetValues<Milestone>())
        {
            book.MapPost($"/orders/{{id:guid}}/days/{milestone.Word()}", Set(milestone));
            book.MapPost($"/orders/{{id:guid}}/days/{milestone.Word()}/clear", Clear(milestone));
        }
    }

    static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, OrderList orders)
    {
        var state = OrderStates.Find(context.Request.Query["state"]);
        Guid? after = Guid.TryParse(context.Request.Query["after"], out var last) ? last : null;
        var found = await orders.ListAsync(scope, new(after, state), OnAPage + 1, context.RequestAborted);
        return BookAnswers.Page<OrdersPage>(
            context, new { State = state, Items = found.Take(OnAPage).ToList(), HasMore = found.Count > OnAPage, IsFirst = after is null });
    }

    static Task<IResult> ShowAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders, EmitLog log, OrderDesk desk) =>
        PageAsync(id, context, scope, (orders, log, desk), refused: null);

    static async Task<IResult> PageAsync(
        Guid id, HttpContext context, StringerScope scope, (OrderList Orders, EmitLog Log, OrderDesk Desk) at,
        OrderOutcome.Refused? refused)
    {
        if (await at.Orders.FindAsync(scope, id, context.RequestAborted) is not { } parts) return BookAnswers.Missing(context);
        return BookAnswers.Page<OrderPage>(
            context,
            new
            {
                Parts = parts,
                Mails = OrderWriting.Mails(context, parts),
                Today = await at.Desk.TodayAsync(scope, context.RequestAborted),
                Emits = await at.Log.ListAsync(scope, id, context.RequestAborted),
                UnderWay = await at.Log.ListOpenAsync(scope, id, context.RequestAborted),
                History = await at.Orders.HistoryAsync(scope, id, context.RequestAborted),
                Faults = context.Told(refused?.Faults ?? []),
            },
            refused is null ? 200 : refused.IsConflict ? 409 : 422);
    }

    static Func<Guid, HttpContext, StringerScope, OrderDesk, OrderList, EmitLog, Task<IResult>> Set(Milestone milestone) => async (id,
        context, scope, desk, orders, log) =>
    {
        var typed = await Typed.ReadAsync(context);
        var fields = typed.Fields();
        var day = fields.Day("date");
        if (fields.Faults.Count > 0)
            return await PageAsync(
                id, context, scope, (orders, log, desk), new([.. fields.Faults.Select(fault => fault with { Field = milestone.Field() })]));
        var act = new OrderAct.SetDay(milestone, day ?? await desk.TodayAsync(scope, context.RequestAborted), IsOnlyNow: day is null);
        return await SettleAsync(
            id, context, scope, (orders, log, desk), await desk.ChangeAsync(scope, id, expected: null, [act], context.RequestAborted),
            done => DoneSet(context, milestone, done), typed["return"]);
    };

    static Func<Guid, HttpContext, StringerScope, OrderDesk, OrderList, EmitLog, Task<IResult>> Clear(Milestone milestone) => async (id,
        context, scope, desk, orders, log) =>
    {
        var outcome = await desk.ChangeAsync(scope, id, expected: null, [new OrderAct.ClearDay(milestone)], context.RequestAborted);
        return await SettleAsync(
            id, context, scope, (orders, log, desk), outcome, _ => context.Say($"cleared.{milestone.Word()}"), back: "");
    };

    static async Task<IResult> ResendAsync(Guid id, HttpContext context, StringerScope scope, OrderDesk desk, OrderList orders, EmitLog log)
    {
        var typed = await Typed.ReadAsync(context);
        var outcome = await desk.ResendAsync(scope, id, context.RequestAborted);
        return await SettleAsync(id, context, scope, (orders, log, desk), outcome, _ => context.Say("emits.resent"), typed["return"]);
    }

    /// <summary>Back to where the tap was made. How the mail went is told in the history of emits alone.</summary>
    static async Task<IResult> SettleAsync(
        Guid id, HttpContext context, StringerScope scope, (OrderList, EmitLog, OrderDesk) at, OrderOutcome outcome,
        Func<OrderOutcome.Done, string> say, string back) => outcome switch
        {
            OrderOutcome.Done done =>
                BookAnswers.SeeOther(
                    context, back switch { "desk" => "", "client" => $"/clients/{done.Parts.Client.Id:D}", _ => $"/orders/{id:D}" },
                    say(done)),
            OrderOutcome.Refused refused => await PageAsync(id, context, scope, at, refused),
            _ => BookAnswers.Missing(context),
        };

    /// <summary>What a day that was set brought about.</summary>
    static string DoneSet(HttpContext context, Milestone milestone, OrderOutcome.Done done) =>
        milestone == Milestone.Strung
            ? OrderWriting.DoneStrung(context, done)
            : context.Say($"marked.{milestone.Word()}", done.Parts.Client.Person.Name);
}
