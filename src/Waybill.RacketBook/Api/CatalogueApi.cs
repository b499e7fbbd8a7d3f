using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using static Waybill.Books.Answering.ApiAnswers;

namespace Waybill.RacketBook.Api;

/// <summary><c>/racketbook/v1/rackets</c> and <c>/strings</c>.</summary>
static class CatalogueApi
{
    internal static Task<IResult> CreateRacketAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ReadAsync(
        context, CatalogueReader.ReadNewRacket,
        async racket => Answer(context, await desk.CreateAsync(scope, racket, context.RequestAborted), 201));

    internal static Task<IResult> CreateStringAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ReadAsync(
        context, CatalogueReader.ReadNewString,
        async one => Answer(context, await desk.CreateAsync(scope, one, context.RequestAborted), 201));

    internal static Task<IResult> ChangeRacketAsync(
        Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ReadAsync(
        context, CatalogueReader.ReadRacket,
        async change => Answer(context, await desk.ChangeAsync(scope, id, Expected(context), change, context.RequestAborted)));

    internal static Task<IResult> ChangeStringAsync(
        Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ReadAsync(
        context, CatalogueReader.ReadString,
        async change => Answer(context, await desk.ChangeAsync(scope, id, Expected(context), change, context.RequestAborted)));

    internal static async Task<IResult> GetRacketAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) =>
        await desk.FindRacketAsync(scope, id, context.RequestAborted) is { } racket
            ? Answers.Api.Json(context, new RacketAnswer(racket), racket.Version)
            : BookProblem.NotFound("Racket");

    internal static async Task<IResult> GetStringAsync(Guid id, HttpContext context, StringerScope scope, CatalogueDesk desk) =>
        await desk.FindStringAsync(scope, id, context.RequestAborted) is { } one
            ? Answers.Api.Json(context, new StringAnswer(one), one.Version)
            : BookProblem.NotFound("String");

    internal static Task<IResult> ListRacketsAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ListAsync(
        context, (page, most) => desk.ListRacketsAsync(scope, new(page.After, context.Request.Query["q"]), most, context.RequestAborted),
        racket => new RacketAnswer(racket));

    internal static Task<IResult> ListStringsAsync(HttpContext context, StringerScope scope, CatalogueDesk desk) => Answers.Api.ListAsync(
        context, (page, most) => desk.ListStringsAsync(scope, new(page.After, context.Request.Query["q"]), most, context.RequestAborted),
        one => new StringAnswer(one));

    internal static Func<Guid, HttpContext, StringerScope, CatalogueDesk, Task<IResult>> Remove(CatalogueKind kind) => async (id, context,
        scope, desk) =>
        await desk.RemoveAsync(scope, kind, id, context.RequestAborted) ? Results.NoContent() : BookProblem.NotFound(kind.Say("en"));

    static IResult Answer(HttpContext context, Saving<Racket> saving, int status = 200) =>
        Answers.Api.Of(context, saving, "Racket", racket => racket.Version, racket => Answers.Api.Json(new RacketAnswer(racket), status));

    static IResult Answer(HttpContext context, Saving<TennisString> saving, int status = 200) =>
        Answers.Api.Of(context, saving, "String", one => one.Version, one => Answers.Api.Json(new StringAnswer(one), status));
}
