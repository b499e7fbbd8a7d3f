using System.Net;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Access;

/// <summary>
/// The answers of /admin, and of a book's pages, when a page could not be made: a page too, with the headers of all others.
/// </summary>
internal static class BrokenPages
{
    /// <summary>Whether it is somebody with a browser who is to be told.</summary>
    public static bool AreFor(HttpContext context)
    {
        var path = context.Request.Path;
        return path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase)
            || (context.RequestServices.GetService<BookPaths>() is { } books && books.Find(path) is not null
                && books.FindApi(path) is null);
    }

    /// <summary>Answers; what broke may keep even this page from being made, which is then the plainest there is.</summary>
    public static async Task AnswerAsync(HttpContext context, int status)
    {
        PageHeaders.Harden(context.Response.Headers);
        try
        {
            await AnswerAnewAsync(context, status);
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            await AnswerPlainlyAsync(context, status);
        }
    }

    /// <summary>
    /// With services of its own: those of the request may be half through the page that failed, and render no second one.
    /// </summary>
    static async Task AnswerAnewAsync(HttpContext context, int status)
    {
        var services = context.RequestServices;
        await using var anew = services.CreateAsyncScope();
        context.RequestServices = anew.ServiceProvider;
        try
        {
            await Refusals.Broken(context, status).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    static Task AnswerPlainlyAsync(HttpContext context, int status)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "text/html; charset=utf-8");
        var title = WebUtility.HtmlEncode(context.Say("refusal.defect.title"));
        var sentence = WebUtility.HtmlEncode(context.Say("refusal.defect.sentence", context.TraceIdentifier));
        var back = WebUtility.HtmlEncode(context.Say("refusal.back"));
        return context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"{Appearance.Of(context).Locale}\"><title>{title}</title><main><h1>{title}</h1><p>{sentence}</p><p><a href=\"/admin\">{back}</a></p></main></html>",
            context.RequestAborted);
    }
}
