using Waybill.Screens.Texts;
using Waybill.Server.Http;

namespace Waybill.Server.Admin;

/// <summary>How somebody wants the screens: the language and the colours. It stays in the browser and says nothing about the person.</summary>
/// <param name="Locale"><c>en</c> or <c>de</c>.</param>
/// <param name="Theme"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
internal sealed record Look(string Locale, string Theme)
{
    const string Cookie = "waybill-look";

    static readonly string[] Themes = ["system", "light", "dark"];

    /// <summary>What the browser keeps, or else the language that it asks for.</summary>
    public static Look Of(HttpRequest request)
    {
        var kept = (request.Cookies[Cookie] ?? "").Split('.');
        return new(
            Wording.Locales.FirstOrDefault(locale => locale == kept[0]) ?? PreferredLanguage.Of(request, Wording.Locales),
            Themes.FirstOrDefault(theme => theme == kept[^1]) ?? Themes[0]);
    }

    /// <summary>Keeps what was chosen, and goes back to where it was chosen.</summary>
    public static async Task<IResult> ChooseAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var now = Of(context.Request);
        var chosen = new Look(
            Wording.Locales.FirstOrDefault(locale => locale == form["locale"]) ?? now.Locale,
            Themes.FirstOrDefault(theme => theme == form["theme"]) ?? now.Theme);
        context.Response.Cookies.Append(Cookie, $"{chosen.Locale}.{chosen.Theme}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(400),
            Path = "/admin",
        });
        return Pages.SeeOther(context, IsOurs(form["return"].ToString()) ? form["return"].ToString() : "/admin");
    }

    /// <summary>Only a page of ours: nobody is sent elsewhere from here.</summary>
    static bool IsOurs(string path) => path == "/admin" || path.StartsWith("/admin/", StringComparison.Ordinal) || path.StartsWith("/admin?", StringComparison.Ordinal);
}
