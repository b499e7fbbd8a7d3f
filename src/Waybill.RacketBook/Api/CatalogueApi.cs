using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Faults;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Reading;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/rackets</c> and <c>/strings</c>.</summary>
static class CatalogueApi
{
    internal static Task<IResult> CreateRacketAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => SaveAsync(
        context, CatalogueReader.ReadNewRacket, async racket => Answer(context, await desk.CreateAsync(scope, racket, context.RequestAborted), 201));

    internal static Task<IResult> CreateStringAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => SaveAsync(
        context, CatalogueReader.ReadNewString, async one => Answer(context, await desk.CreateAsync(scope, one, context.RequestAborted), 201));

    internal static Task<IResult> ChangeRacketAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) => SaveAsync(
        context, CatalogueReader.ReadRacket, async change => Answer(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), change, context.RequestAborted)));

    internal static Task<IResult> ChangeStringAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) => SaveAsync(
        context, CatalogueReader.ReadString, async change => Answer(context, await desk.ChangeAsync(scope, id, Answers.Expected(context), change, context.RequestAborted)));

    internal static async Task<IResult> GetRacketAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) =>
        await desk.FindRacketAsync(scope, id, context.RequestAborted) is { } racket ? Answer(context, new Saving<Racket>.Done(racket)) : BookProblem.NotFound("Racket");

    internal static async Task<IResult> GetStringAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) =>
        await desk.FindStringAsync(scope, id, context.RequestAborted) is { } one ? Answer(context, new Saving<TennisString>.Done(one)) : BookProblem.NotFound("String");

    internal static async Task<IResult> ListRacketsAsync(HttpContext context, StringerScope scope, CatalogueDesk desk)
    {
        var (page, fault) = Page.Read(context.Request);
        if (fault is not null) return Answers.Refuse([fault]);
        var found = await desk.ListRacketsAsync(scope, new(page.After, context.Request.Query["q"]), page.Limit + 1, context.RequestAborted);
        return Results.Json(
            new ListAnswer<RacketAnswer>([.. found.Take(page.Limit).Select(one => new RacketAnswer(one))], found.Count > page.Limit), BookJson.Readable.ListAnswerRacketAnswer);
    }

    internal static async Task<IResult> ListStringsAsync(HttpContext context, StringerScope scope, CatalogueDesk desk)
    {
        var (page, fault) = Page.Read(context.Request);
        if (fault is not null) return Answers.Refuse([fault]);
        var found = await desk.ListStringsAsync(scope, new(page.After, context.Request.Query["q"]), page.Limit + 1, context.RequestAborted);
        return Results.Json(
            new ListAnswer<StringAnswer>([.. found.Take(page.Limit).Select(one => new StringAnswer(one))], found.Count > page.Limit), BookJson.Readable.ListAnswerStringAnswer);
    }

    internal static Func<Guid, HttpContext, StringerScope, CatalogueDesk, Task<IResult>> Remove(CatalogueKind kind) => async (id, context, scope, desk) =>
        await desk.RemoveAsync(scope, kind, id, context.RequestAborted) ? Results.NoContent() : BookProblem.NotFound(kind.Say("en"));

    static async Task<IResult> SaveAsync<T>(HttpContext context, Func<Fields, T> read, Func<T, Task<IResult>> save)
    {
        var (fields, problem) = await BookBody.ReadAsync(context);
        if (problem is not null) return problem;
        var wanted = read(fields);
        return fields.Judged().Count > 0 ? Answers.Refuse(fields.Judged()) : await save(wanted);
    }

    static IResult Answer(HttpContext context, Saving<Racket> saving, int status = 200) =>
        Answers.Of(context, saving, "Racket", one => (Results.Json(new RacketAnswer(one), BookJson.Readable.RacketAnswer, statusCode: status), one.Version));

    static IResult Answer(HttpContext context, Saving<TennisString> saving, int status = 200) =>
        Answers.Of(context, saving, "String", one => (Results.Json(new StringAnswer(one), BookJson.Readable.StringAnswer, statusCode: status), one.Version));
}
