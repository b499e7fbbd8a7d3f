using Waybill.Books;

namespace Waybill.Server.Admin.Access;

/// <summary>The headers of every page under /admin.</summary>
internal static class PageHeaders
{
    static readonly string Policy = PolicyWith(new());

    /// <summary>With the sites that a book's pages may reach beside ours; null: none.</summary>
    public static void Harden(IHeaderDictionary headers, BookOrigins? origins = null)
    {
        headers.ContentSecurityPolicy = origins is null ? Policy : PolicyWith(origins);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-cache, no-store"; // as antiforgery sets it, which complains of anything else
    }

    static string PolicyWith(BookOrigins origins) =>
        $"default-src 'none'; script-src 'self'; connect-src 'self'{List(origins.ConnectTo)}; style-src 'self'; img-src 'self' "
            + $"data:{List(origins.PicturesFrom)}; "
        + $"frame-src 'self'; form-action 'self'{List(origins.PostTo)}; base-uri 'none'; frame-ancestors 'none'";

    static string List(IEnumerable<string> origins) => string.Concat(origins.Select(origin => " " + origin));
}
