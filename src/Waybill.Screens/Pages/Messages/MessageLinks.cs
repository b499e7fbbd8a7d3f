namespace Waybill.Screens.Pages.Messages;

/// <summary>How addresses of the list are written.</summary>
public static class MessageLinks
{
    /// <summary>The query of a search, with a cursor; empty when there is neither.</summary>
    public static string Query(string text, string? cursor = null)
    {
        var parts = new[] { text.Length > 0 ? "q=" + Uri.EscapeDataString(text) : null, cursor }.Where(part => part is not null);
        var query = string.Join('&', parts);
        return query.Length > 0 ? "?" + query : "";
    }
}
