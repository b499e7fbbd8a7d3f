namespace Waybill.Server.Http;

/// <summary>The policies under which a browser gets what others wrote: it runs none of it in our name, wherever it is opened.</summary>
internal static class MailSandbox
{
    /// <summary>A mail as a document of its own, in a frame of ours: it has its own look, and turns to nobody.</summary>
    public static void ShowsMail(this HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
        response.Headers["X-DNS-Prefetch-Control"] = "off"; // not even the names of its links are looked up
    }

    /// <summary>A file that is to be kept, not opened.</summary>
    public static void GivesFile(this HttpResponse response) => response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
}
