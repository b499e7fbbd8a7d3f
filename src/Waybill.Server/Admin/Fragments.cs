namespace Waybill.Server.Admin;

/// <summary>Scripts ask for a part of a page where a form without script gets the whole.</summary>
internal static class Fragments
{
    /// <summary>Whether a part is asked for.</summary>
    public static bool IsAsked(HttpContext context) => context.Request.Headers.ContainsKey("X-Waybill-Fragment");
}
