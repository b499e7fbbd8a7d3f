using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Books;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages;

namespace Waybill.Server.Admin;

/// <summary>Answers with pages.</summary>
internal static class Pages
{
    /// <summary>A page within the visitor's frame.</summary>
    public static IResult Page<TPage, TModel>(HttpContext context, TModel model, int status = 200) where TPage : PageOf<TModel> =>
        Page(Frames.Of(context), typeof(TPage), new { Model = model }, status);

    /// <summary>
    /// A page within the visitor's frame. <paramref name="parameters"/> is an object whose properties are the page's parameters.
    /// </summary>
    public static IResult Page<TPage>(HttpContext context, object parameters, int status = 200) where TPage : IComponent =>
        Page(Frames.Of(context), typeof(TPage), parameters, status);

    /// <summary>A page of a book within the visitor's frame.</summary>
    public static IResult OfBook(HttpContext context, BookPage page) =>
        Page(Frames.Of(context, page.Navigation), page.Type, page.Parameters, page.Status);

    static RazorComponentResult<Framed> Page(PageFrame frame, Type page, object parameters, int status) =>
        new RazorComponentResult<Framed>(new
        {
            Frame = frame,
            Page = page,
            Parameters = (IDictionary<string, object?>)new RouteValueDictionary(parameters),
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>404 with the texts of these keys: what was asked for is not there, or no longer.</summary>
    public static IResult Missing(HttpContext context, string title, string sentence) =>
        Page<NotFoundPage>(context, new { Title = context.Say(title), Sentence = context.Say(sentence) }, 404);

    /// <summary>After a form was taken: 303 to a page that says so once.</summary>
    public static IResult SeeOther(HttpContext context, string path, Notice? notice = null)
    {
        if (notice is not null) Notices.Leave(context, notice);
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
