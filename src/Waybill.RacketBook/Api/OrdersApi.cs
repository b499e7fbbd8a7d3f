using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;
using static Waybill.Books.Answering.ApiAnswers;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/orders</c>.</summary>
static class OrdersApi
{
    internal static Task<IResult> CreateAsync(HttpContext context, StringerScope scope, OrderDesk desk) => Answers.Api.ReadAsync(
        context, fields => (Order: OrderReader.ReadNew(fields), Days: OrderReader.ReadDays(fields)),
        async asked =>
        {
            var outcome = await desk.CreateAsync(scope, asked.Order, asked.Days, context.RequestAborted);
            if (outcome is OrderOutcome.Done(var parts, _))
                context.Response.Headers.Location = $"{RacketBookApi.Prefix}/orders/{parts.Order.Id:D}";
            return Answers.Of(context, outcome, 201);
        });

    internal static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, OrderList orders)
    {
        var query = Fields.From(context.Request.Query.Select(one => KeyValuePair.Create(one.Key, one.Value.ToString())));
        var state = OrderStates.Find(query.Choice("state", [.. Enum.GetValues<OrderState>().Select(OrderStates.Word)]));
        var client = query.Id("client_id");
        if (query.Fault is { } odd) return Answers.Api.Refuse([odd]);
        return await Answers.Api.ListAsync(
            context, (page, most) => orders.ListAsync(scope, new(page.After, state, client), most, context.RequestAborted),
            parts => new OrderAnswer(parts));
    }

    internal static async Task<IResult> GetAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders) =>
        await orders.FindAsync(scope, id, context.RequestAborted) is { } parts
            ? Answers.Api.Json(context, new OrderAnswer(parts), parts.Order.Version)
            : BookProblem.NotFound("Order");

    internal static Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, OrderDesk desk) => Answers.Api.ReadAsync(
        context, IReadOnlyList<OrderAct> (fields) => [new OrderAct.Edit(OrderReader.ReadChange(fields)), .. OrderReader.ReadDays(fields)],
        async acts => Answers.Of(context, await desk.ChangeAsync(scope, id, Expected(context), acts, context.RequestAborted)));

    /// <summary>Sets a day; without one, today.</summary>
    internal static Func<Guid, HttpContext, StringerScope, OrderDesk, Task<IResult>> Set(Milestone milestone) => (id, context, scope,
        desk) => Answers.Api.ReadAsync(
        context, fields => (Date: fields.Day("date"), Named: fields.Day(milestone.Field())),
        async days =>
        {
            var day = days.Date ?? days.Named;
            var act = new OrderAct.SetDay(milestone, day ?? await desk.TodayAsync(scope, context.RequestAborted), IsOnlyNow: day is null);
            return Answers.Of(context, await desk.ChangeAsync(scope, id, Expected(context), [act], context.RequestAborted));
        });

    /// <summary>Takes a day back.</summary>
    internal static Func<Guid, HttpContext, StringerScope, OrderDesk, Task<IResult>> Clear(Milestone milestone) => async (id, context,
        scope, desk) =>
        Answers.Of(
            context, await desk.ChangeAsync(scope, id, Expected(context), [new OrderAct.ClearDay(milestone)], context.RequestAborted));

    internal static async Task<IResult> ResendAsync(Guid id, HttpContext context, StringerScope scope, OrderDesk desk) =>
        Answers.Of(context, await desk.ResendAsync(scope, id, context.RequestAborted));

    /// <summary>The receipt as it is now.</summary>
    internal static async Task<IResult> ReceiptAsync(Guid id, HttpContext context, StringerScope scope, OrderDesk desk)
    {
        var (data, refusal) = await desk.ReadReceiptAsync(scope, id, context.RequestAborted);
        return data is null ? Answers.Of(context, refusal!) : Pdf(context, data.Print(), ReceiptPaper.FileName(data.Receipt));
    }

    /// <summary>The receipt as it was in an emit.</summary>
    internal static async Task<IResult> PastReceiptAsync(Guid id, Guid emit, HttpContext context, StringerScope scope, PastEmits past) =>
        await past.ReceiptAsync(scope, id, emit, context.RequestAborted) is var (bytes, name)
            ? Pdf(context, bytes, name)
            : BookProblem.NotFound("Emit");

    /// <summary>
    /// Shown in the browser and named where it is saved; it may hold whatever a client is called, so nothing guesses what it is.
    /// </summary>
    static IResult Pdf(HttpContext context, byte[] bytes, string name)
    {
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{name}\"";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Bytes(bytes, "application/pdf");
    }

    internal static async Task<IResult> EmitsAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders, EmitLog log)
    {
        if (await orders.FindAsync(scope, id, context.RequestAborted) is null) return BookProblem.NotFound("Order");
        var emits = await log.ListAsync(scope, id, context.RequestAborted);
        return Answers.Api.List(emits.Select(one => new EmitAnswer(one)));
    }

    internal static async Task<IResult> HistoryAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders)
    {
        if (await orders.FindAsync(scope, id, context.RequestAborted) is null) return BookProblem.NotFound("Order");
        var entries = await orders.HistoryAsync(scope, id, context.RequestAborted);
        return Answers.Api.List(entries.Select(one => new HistoryAnswer(one)));
    }
}
