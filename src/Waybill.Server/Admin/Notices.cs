using System.Buffers.Text;
using System.Text;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin;

/// <summary>A sentence that the next page says once. It waits in a cookie: <c>{tone}.{text in base64url}</c>.</summary>
internal static class Notices
{
    const string Cookie = "__Host-waybill-notice";
    const int Longest = 1000;

    /// <summary>Leaves one for the next page.</summary>
    public static void Leave(HttpContext context, Notice notice)
    {
        var text = notice.Text.Length > Longest ? notice.Text[..Longest] + "…" : notice.Text;
        context.Response.Cookies.Append(
            Cookie, $"{notice.Tone}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}", Options(TimeSpan.FromMinutes(1)));
    }

    /// <summary>The one that was left, which is gone then.</summary>
    public static Notice? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } kept) return null;
        context.Response.Cookies.Delete(Cookie, Options(age: null));
        return kept.Split('.') is [var tone, var text] && Enum.TryParse<Tone>(tone, out var parsed) && Enum.IsDefined(parsed)
            && Base64Url.IsValid(text)
            ? new(parsed, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)))
            : null;
    }

    static CookieOptions Options(TimeSpan? age) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = age };
}
