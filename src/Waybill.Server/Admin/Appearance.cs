using Waybill.Screens.Texts;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;

namespace Waybill.Server.Admin;

/// <summary>
/// How somebody wants the screens: the language and the colours. It stays in the browser and says nothing about the person.
/// </summary>
/// <param name="Locale"><c>en</c> or <c>de</c>.</param>
/// <param name="Theme"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
internal sealed record Appearance(string Locale, string Theme)
{
    const string Cookie = "waybill-look";

    static readonly string[] Themes = ["system", "light", "dark"];

    /// <summary>What the browser keeps; else the person's own language, else the one that the browser asks for.</summary>
    public static Appearance Of(HttpContext context)
    {
        var (locale, theme) = Kept(context.Request);
        return new(locale ?? context.VisitorOrNull()?.Person.Language ?? PreferredLanguage.Of(context.Request, Wording.Locales),
            theme ?? Themes[0]);
    }

    /// <summary>Keeps what was chosen, and goes back to where it was chosen.</summary>
    public static async Task<IResult> ChooseAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (locale, theme) = Kept(context.Request);
        Keep(
            context,
            Wording.Locales.FirstOrDefault(one => one == form["locale"]) ?? locale,
            Themes.FirstOrDefault(one => one == form["theme"]) ?? theme);
        return Pages.SeeOther(context, ReturnPath.Ours(context, form["return"]));
    }

    /// <summary>From now on the pages speak the person's language, whatever was chosen in this browser.</summary>
    public static void FollowPerson(HttpContext context) => Keep(context, locale: null, Kept(context.Request).Theme);

    /// <summary>What was chosen in this browser; null: nothing.</summary>
    static (string? Locale, string? Theme) Kept(HttpRequest request)
    {
        var kept = (request.Cookies[Cookie] ?? "").Split('.');
        return (Wording.Locales.FirstOrDefault(locale => locale == kept[0]), Themes.FirstOrDefault(theme => theme == kept[^1]));
    }

    static void Keep(HttpContext context, string? locale, string? theme) =>
        context.Response.Cookies.Append(Cookie, $"{locale}.{theme}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(400),
            Path = "/",
        });
}
