namespace Waybill.Server.Admin.Access;

/// <summary>
/// The cookie that holds a session's secret, and nothing else. <c>__Host-</c>: no other host and no plain page can set it.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-waybill";

    /// <summary>What somebody holds who gave the password and not yet the code.</summary>
    public const string HalfName = "__Host-waybill-code";

    public static string? Read(HttpRequest request, string name = Name) =>
        request.Cookies[name] is { Length: > 0 and <= 100 } secret ? secret : null;

    public static void Write(HttpResponse response, string secret, TimeSpan? lifetime, string name = Name) =>
        response.Cookies.Append(name, secret, Options(lifetime));

    public static void Remove(HttpResponse response, string name = Name) => response.Cookies.Delete(name, Options(lifetime: null));

    static CookieOptions Options(TimeSpan? lifetime) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime };
}
