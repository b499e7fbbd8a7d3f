namespace Waybill.Server.Http;

/// <summary>
/// Gives each request an id, in the answer and in every log line about it. A caller's own X-Request-Id is kept if it is harmless.
/// </summary>
internal static class RequestIds
{
    const string Header = "X-Request-Id";
    const int Longest = 64;

    static readonly Func<ILogger, string, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<string, string>("Request {RequestId} {RequestPath}");

    static readonly string[] Openings = ["/admin/first", "/admin/reset", "/admin/invite", "/unsubscribe"];

    public static WebApplication UseRequestIds(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var theirs = context.Request.Headers[Header].ToString();
            if (IsHarmless(theirs)) context.TraceIdentifier = theirs;
            context.Response.Headers[Header] = context.TraceIdentifier;
            using var scope = Scope(app.Logger, context.TraceIdentifier, Shown(context.Request.Path));
            await next(context);
        });
        return app;
    }

    /// <summary>A path whose last part lets in whoever has it is no matter for a log.</summary>
    public static string Shown(PathString path)
    {
        foreach (var opening in Openings)
            if (path.StartsWithSegments(opening, StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue
                && rest.Value!.Length > 1) return opening + "/…";
        return path.ToString();
    }

    static bool IsHarmless(string id) =>
        id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
