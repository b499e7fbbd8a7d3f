using Waybill.Engine.Keys;

namespace Waybill.Server.Admin.Keys;

/// <summary>A key that was just made, on its way to the one page that shows it: in a cookie, sealed, gone once it was shown.</summary>
internal static class FreshKey
{
    const string Cookie = "__Host-waybill-key";
    const string Purpose = "a fresh API key";

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public static void Leave(HttpContext context, NewApiKey made) =>
        context.Response.Cookies.Append(Cookie, context.SealSecret(Purpose, $"{made.Key.Id} {made.Secret}", Lifetime), Options(Lifetime));

    /// <summary>The secret of that key, or of whichever it is, if it was made just now; once.</summary>
    public static string? Take(HttpContext context, ApiKeyId? id = null)
    {
        if (context.OpenSecret(Purpose, context.Request.Cookies[Cookie])?.Split(' ') is not [var of, var secret]
            || (id is not null && of != id.ToString())) return null;
        context.Response.Cookies.Delete(Cookie, Options(age: null));
        return secret;
    }

    static CookieOptions Options(TimeSpan? age) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = age };
}
