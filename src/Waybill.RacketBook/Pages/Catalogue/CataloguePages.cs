using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Catalogue;

/// <summary>The catalogue: its list, and what rackets and strings have in common.</summary>
static class CataloguePages
{
    const int OnAPage = 50;

    internal static void MapCatalogue(this IEndpointRouteBuilder book)
    {
        book.MapGet("/catalogue", ListAsync);
        book.MapGet("/catalogue/rackets/new", RacketPages.ShowNewAsync).ForWork();
        book.MapPost("/catalogue/rackets/new", RacketPages.CreateAsync);
        book.MapGet("/catalogue/rackets/{id:guid}", RacketPages.ShowAsync);
        book.MapPost("/catalogue/rackets/{id:guid}", RacketPages.ChangeAsync);
        book.MapGet("/catalogue/strings/new", (Delegate)StringPages.ShowNew).ForWork();
        book.MapPost("/catalogue/strings/new", StringPages.CreateAsync);
        book.MapGet("/catalogue/strings/{id:guid}", StringPages.ShowAsync);
        book.MapPost("/catalogue/strings/{id:guid}", StringPages.ChangeAsync);
        foreach (var kind in Enum.GetValues<CatalogueKind>())
        {
            book.MapPost($"/catalogue/{kind.Word()}s/{{id:guid}}/propose", Propose(kind));
            book.MapPost($"/catalogue/{kind.Word()}s/{{id:guid}}/remove", Remove(kind));
        }
    }

    static async Task<IResult> ListAsync(HttpContext context, StringerScope scope, CatalogueDesk desk, ModerationDesk moderation)
    {
        var isOfStrings = context.Request.Query["kind"] == CatalogueKind.String.Word();
        var filter = new CatalogueFilter(Guid.TryParse(context.Request.Query["after"], out var last) ? last : null);
        var found = isOfStrings
            ? (await desk.ListStringsAsync(scope, filter, OnAPage + 1, context.RequestAborted)).ConvertAll(
                one => (one.Id, Line: CatalogueLine.Of(one)))
            : (await desk.ListRacketsAsync(scope, filter, OnAPage + 1, context.RequestAborted)).ConvertAll(
                one => (one.Id, Line: CatalogueLine.Of(one)));
        return BookAnswers.Page<CataloguePage>(context, new
        {
            IsOfStrings = isOfStrings,
            Lines = found.Take(OnAPage).Select(one => one.Line).ToList(),
            OlderAfter = found.Count > OnAPage ? found[OnAPage - 1].Id : (Guid?)null,
            Proposals = await moderation.ListAsync(scope, after: null, OnAPage, context.RequestAborted),
        });
    }

    static Func<Guid, HttpContext, StringerScope, ModerationDesk, BookHost, Task<IResult>> Propose(CatalogueKind kind) => async (id,
        context, scope, desk, host) =>
        await desk.ProposeAsync(scope, kind, id, host.PublicUrl() + BookScene.Root + "/moderation", context.RequestAborted) switch
        {
            Saving<Submission>.Done(var made) => BookAnswers.SeeOther(context, PathOf(kind, id), context.Say("propose.done", made.Label)),
            // another's, or everybody's already
            Saving<Submission>.Refused([{ Code: "submission.row" }], _) => BookAnswers.Missing(context),
            Saving<Submission>.Refused(var faults, _) =>
                BookAnswers.SeeOther(context, PathOf(kind, id), context.Told(faults)[0].Text, Tone.Bad),
            _ => BookAnswers.Missing(context),
        };

    static Func<Guid, HttpContext, StringerScope, CatalogueDesk, Task<IResult>> Remove(CatalogueKind kind) => async (id, context, scope,
        desk) =>
        await desk.RemoveAsync(scope, kind, id, context.RequestAborted)
            ? BookAnswers.SeeOther(context, "/catalogue?kind=" + kind.Word(), context.Say("catalogue.removed"))
            : BookAnswers.Missing(context);

    internal static string PathOf(CatalogueKind kind, Guid id) => $"/catalogue/{kind.Word()}s/{id:D}";
}
