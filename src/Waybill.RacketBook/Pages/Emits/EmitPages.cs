using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Engine.Journal;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Pages.Emits;

/// <summary>What was emitted once, opened as it was.</summary>
static class EmitPages
{
    internal static void MapEmits(this IEndpointRouteBuilder book)
    {
        book.MapGet("/orders/{id:guid}/emits/{emit:guid}", ShowAsync);
        book.MapGet("/orders/{id:guid}/emits/{emit:guid}/mail", MailAsync);
        book.MapGet("/orders/{id:guid}/emits/compare", CompareAsync);
    }

    static async Task<IResult> ShowAsync(
        Guid id, Guid emit, HttpContext context, StringerScope scope, PastEmits past, MessageJournal journal)
    {
        if (await past.FindAsync(scope, id, emit, context.RequestAborted) is not { } logged) return BookAnswers.Missing(context);
        var inputs = (await journal.FindSnapshotAsync(scope.Stringer, logged.Emit.Message, context.RequestAborted))?.Inputs;
        return BookAnswers.Page<EmitPage>(context, new { Logged = logged, inputs?.Subject });
    }

    /// <summary>The mail as its reader saw it, for the frame in the page.</summary>
    static async Task<IResult> MailAsync(
        Guid id, Guid emit, HttpContext context, StringerScope scope, PastEmits past, MessageJournal journal) =>
        await past.FindAsync(scope, id, emit, context.RequestAborted) is { } logged
        && await journal.FindSnapshotAsync(scope.Stringer, logged.Emit.Message, context.RequestAborted) is { } snapshot
            ? await BookAnswers.MailAsync(context, snapshot)
            : BookAnswers.Missing(context);

    static async Task<IResult> CompareAsync(Guid id, HttpContext context, StringerScope scope, EmitLog log)
    {
        var all = await log.ListAsync(scope, id, context.RequestAborted);
        LoggedEmit? Find(string name) => all.Find(one => one.Emit.Id.ToString("D") == context.Request.Query[name]);
        return Find("a") is { } before && Find("b") is { } after
            ? BookAnswers.Page<ComparePage>(context, new { Before = before, After = after, All = all })
            : BookAnswers.Missing(context);
    }
}
