using Waybill.Server.Configuration;

namespace Waybill.Server.Http;

/// <summary>
/// What every answer says to browsers and caches, errors too: keep no copy, unless the answer itself allows one; take it for nothing but
/// what it says it is; and, over HTTPS where that is our address, come by HTTPS from now on (RFC 6797; §7.2 forbids it over plain HTTP).
/// </summary>
internal static class AnswerHeaders
{
    const string AYearOfHttps = "max-age=31536000";

    public static IApplicationBuilder UseAnswerHeaders(this IApplicationBuilder app, Settings settings)
    {
        var isHttps = settings.PublicUrl?.Scheme == Uri.UriSchemeHttps;
        return app.Use((context, next) =>
        {
            Set(context.Response.Headers);
            if (isHttps && context.Request.IsHttps) context.Response.Headers.StrictTransportSecurity = AYearOfHttps;
            return next(context);
        });
    }

    /// <summary>
    /// Sets what holds for every answer, before the answer is made: an answer that may be kept says so over it. (A callback at the start of
    /// the answer would cost acceptance some 8 % of its rate.)
    /// </summary>
    public static void Set(IHeaderDictionary headers) => (headers.XContentTypeOptions, headers.CacheControl) = ("nosniff", "no-store");
}
