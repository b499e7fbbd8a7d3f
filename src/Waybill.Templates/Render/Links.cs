namespace Waybill.Templates.Render;

/// <summary>Where a link may lead.</summary>
internal static class Links
{
    public const string Rule = "a link begins with https://, http://, mailto: or tel:";

    static readonly string[] Schemes = ["https://", "http://", "mailto:", "tel:"];

    /// <summary>Whether a link, or its beginning, has one of the schemes that a mail may hold, and something after it.</summary>
    public static bool IsAllowed(ReadOnlySpan<char> link)
    {
        foreach (var scheme in Schemes)
        {
            if (link.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return link.Length > scheme.Length && link[scheme.Length] is not ('/' or '\\' or '?' or '#');
            }
        }

        return false;
    }

    /// <summary>Whether what stands before a placeholder says by itself where the link leads.</summary>
    public static bool IsAllowedBeginning(ReadOnlySpan<char> beginning)
    {
        foreach (var scheme in Schemes)
        {
            if (beginning.Equals(scheme, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return IsAllowed(beginning);
    }

    /// <summary>A picture may also travel inside the message.</summary>
    public static bool IsAllowedPicture(ReadOnlySpan<char> link) =>
        link.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
            ? link.Length > 4
            : link.StartsWith("http", StringComparison.OrdinalIgnoreCase) && IsAllowed(link);
}
