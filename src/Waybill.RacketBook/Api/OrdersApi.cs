using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/orders</c>.</summary>
static class OrdersApi
{
    internal static async Task<IResult> CreateAsync(HttpContext context, StringerScope scope, OrderDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var (order, days) = (OrderReader.ReadNew(fields), OrderReader.ReadDays(fields));
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        var outcome = await desk.CreateAsync(scope, order, days, context.RequestAborted);
        if (outcome is OrderOutcome.Done(var parts, _)) context.Response.Headers.Location = $"{RacketBookApi.Prefix}/orders/{parts.Order.Id:D}";
        return Answers.Of(context, outcome, 201);
    }

    internal static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, OrderList orders)
    {
        var (page, fault) = Page.Read(context.Request);
        var (state, client) = (context.Request.Query["state"].ToString(), context.Request.Query["client_id"].ToString());
        if (fault is null && state.Length > 0 && OrderStates.Find(state) is null)
            fault = new("state", "choice.odd", state.Length > 40 ? state[..40] : state, string.Join(", ", Enum.GetValues<OrderState>().Select(OrderStates.Word)));
        Guid? of = null;
        if (fault is null && client.Length > 0 && !TryId(client, out of)) fault = new("client_id", "id.odd", client.Length > 40 ? client[..40] : client);
        if (fault is not null) return Answers.Refuse([fault]);
        var found = await orders.ListAsync(scope, new(page.After, OrderStates.Find(state), of), page.Limit + 1, context.RequestAborted);
        return Results.Json(
            new ListAnswer<OrderAnswer>([.. found.Take(page.Limit).Select(parts => new OrderAnswer(parts))], found.Count > page.Limit), BookJson.Readable.ListAnswerOrderAnswer);
    }

    static bool TryId(string text, out Guid? id)
    {
        var isId = Guid.TryParseExact(text, "D", out var value);
        id = isId ? value : null;
        return isId;
    }

    internal static async Task<IResult> GetAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders) =>
        await orders.FindAsync(scope, id, context.RequestAborted) is { } parts
            ? Answers.WithTag(context, parts.Order.Version, Results.Json(new OrderAnswer(parts), BookJson.Readable.OrderAnswer))
            : BookProblem.NotFound("Order");

    internal static async Task<IResult> ChangeAsync(Guid id, HttpContext context, StringerScope scope, OrderDesk desk)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        IReadOnlyList<OrderAct> acts = [new OrderAct.Edit(OrderReader.ReadChange(fields)), .. OrderReader.ReadDays(fields)];
        return fields.Judged().Count > 0
            ? Answers.Refuse(fields.Judged())
            : Answers.Of(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), acts, context.RequestAborted));
    }

    /// <summary>Sets a day; without one, today.</summary>
    internal static Func<Guid, HttpContext, StringerScope, OrderDesk, Task<IResult>> Set(Milestone milestone) => async (id, context, scope, desk) =>
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var (date, named) = (fields.Day("date"), fields.Day(milestone.Field()));
        var day = date ?? named;
        if (fields.Judged().Count > 0) return Answers.Refuse(fields.Judged());
        var act = new OrderAct.SetDay(milestone, day ?? await desk.TodayAsync(scope, context.RequestAborted), IsOnlyNow: day is null);
        return Answers.Of(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), [act], context.RequestAborted));
    };

    /// <summary>Takes a day back.</summary>
    internal static Func<Guid, HttpContext, StringerScope, OrderDesk, Task<IResult>> Clear(Milestone milestone) => async (id, context, scope, desk) =>
        Answers.Of(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), [new OrderAct.ClearDay(milestone)], context.RequestAborted));

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
        await past.ReceiptAsync(scope, id, emit, context.RequestAborted) is var (bytes, name) ? Pdf(context, bytes, name) : BookProblem.NotFound("Emit");

    /// <summary>Shown in the browser and named where it is saved; it may hold whatever a client is called, so nothing guesses what it is.</summary>
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
        return Results.Json(new ListAnswer<EmitAnswer>([.. emits.Select(one => new EmitAnswer(one))], HasMore: false), BookJson.Readable.ListAnswerEmitAnswer);
    }

    internal static async Task<IResult> HistoryAsync(Guid id, HttpContext context, StringerScope scope, OrderList orders)
    {
        if (await orders.FindAsync(scope, id, context.RequestAborted) is null) return BookProblem.NotFound("Order");
        var entries = await orders.HistoryAsync(scope, id, context.RequestAborted);
        return Results.Json(new ListAnswer<HistoryAnswer>([.. entries.Select(one => new HistoryAnswer(one))], HasMore: false), BookJson.Readable.ListAnswerHistoryAnswer);
    }
}
