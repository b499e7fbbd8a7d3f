using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Waybill.Screens.Pages;
using Waybill.Screens.Texts;
using Waybill.Server.Http;

namespace Waybill.Server.Unsubscribing;

/// <summary>
/// <c>/unsubscribe/{token}</c> for recipients, who have no key, no cookie and no session: a POST unsubscribes, once or many times (RFC 8058
/// §3.1), a GET shows a page that asks and changes nothing, for programs that look for harm follow every link of a mail.
/// </summary>
internal static class UnsubscribeRoutes
{
    const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/unsubscribe/{token}", Ask);
        routes.MapPost("/unsubscribe/{token}", UnsubscribeAsync);
    }

    static RazorComponentResult<UnsubscribePage> Ask(string token, HttpContext context, UnsubscribeLinks links) =>
        Page(context, links.Open(token) is null ? UnsubscribeState.NoSuchLink : UnsubscribeState.Asked);

    static async Task<RazorComponentResult<UnsubscribePage>> UnsubscribeAsync(
        string token, HttpContext context, UnsubscribeLinks links, SuppressionList list)
    {
        if (links.Open(token) is not { } one || !Address.TryParse(one.Address, out var address, out _))
            return Page(context, UnsubscribeState.NoSuchLink);
        await list.AddAsync(one.Tenant, [address], SuppressionOrigin.Unsubscribe, one.Stream, source: null, context.RequestAborted);
        return Page(context, UnsubscribeState.Done);
    }

    static RazorComponentResult<UnsubscribePage> Page(HttpContext context, UnsubscribeState state)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer"; // the address of this page is a secret of its recipient
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.AcceptLanguage;
        return new(new { State = state, IsGerman = PrefersGerman(context.Request) })
        {
            StatusCode = state == UnsubscribeState.NoSuchLink ? 404 : 200,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>Whether German stands before English among the languages that a browser asks for.</summary>
    static bool PrefersGerman(HttpRequest request) => PreferredLanguage.Of(request, Wording.Locales) == "de";
}
