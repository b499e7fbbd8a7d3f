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

    internal static CookieOptions Options(TimeSpan? lifetime) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lifetime };
}

/// <summary>
/// The cookie that says who signed in on this device before. It lets nobody in: it gives them the better place where many wait.
/// </summary>
internal static class DeviceCookie
{
    const string Name = "__Host-waybill-device";

    const int Longest = 400;

    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 and <= Longest } known ? known : null;

    public static void Write(HttpResponse response, string known) =>
        response.Cookies.Append(Name, known, SessionCookie.Options(TimeSpan.FromDays(365)));
}
