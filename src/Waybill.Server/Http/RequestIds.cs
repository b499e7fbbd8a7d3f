namespace Waybill.Server.Http;

/// <summary>Gives each request an id, in the answer and in every log line about it. A caller's own X-Request-Id is kept if it is harmless.</summary>
internal static class RequestIds
{
    const string Header = "X-Request-Id";
    const int Longest = 64;

    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var theirs = context.Request.Headers[Header].ToString();
        if (IsHarmless(theirs)) context.TraceIdentifier = theirs;
        context.Response.Headers[Header] = context.TraceIdentifier;
        await next(context);
    });

    static bool IsHarmless(string id) => id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
