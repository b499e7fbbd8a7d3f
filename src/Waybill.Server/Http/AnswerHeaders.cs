using Waybill.Server.Configuration;

namespace Waybill.Server.Http;

/// <summary>
/// What every answer says to browsers and caches, errors too: keep no copy, unless the answer itself allows one; take it for nothing but what it
/// says it is; and, over HTTPS where that is our address, come by HTTPS from now on (RFC 6797; §7.2 forbids it over plain HTTP).
/// </summary>
internal static class AnswerHeaders
{
    const string AYearOfHttps = "max-age=31536000";

    public static IApplicationBuilder UseAnswerHeaders(this IApplicationBuilder app, Settings settings)
    {
        var isHttps = settings.PublicUrl?.Scheme == Uri.UriSchemeHttps;
        return app.Use((context, next) =>
        {
            if (isHttps && context.Request.IsHttps) context.Response.OnStarting(StartHttps, context.Response.Headers);
            else context.Response.OnStarting(Start, context.Response.Headers);
            return next(context);
        });
    }

    static Task Start(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.XContentTypeOptions = "nosniff";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    static Task StartHttps(object state)
    {
        ((IHeaderDictionary)state).StrictTransportSecurity = AYearOfHttps;
        return Start(state);
    }
}
