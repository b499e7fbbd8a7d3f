namespace Waybill.Server.Admin.Access;

/// <summary>The headers of every page under /admin.</summary>
internal static class PageHeaders
{
    const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-cache, no-store"; // as antiforgery sets it, which complains of anything else
    }
}
