namespace Waybill.Screens.Framing;

/// <summary>Places that belong together.</summary>
/// <param name="Title">What they have in common; null for the first group, which needs no name.</param>
/// <param name="Items">The places.</param>
public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);

/// <summary>A place that one can go to.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Its path, without a query.</param>
/// <param name="Count">How much waits there; null or 0 shows nothing.</param>
public sealed record NavigationItem(string Text, string Href, int? Count = null)
{
    /// <summary>The value of <c>aria-current</c> when a page is at this path: <c>page</c> on it, <c>true</c> below it, else null.</summary>
    public string? Current(string path)
    {
        var here = path.Split('?', 2)[0].TrimEnd('/');
        return here == Href ? "page" : here.StartsWith(Href + "/", StringComparison.Ordinal) ? "true" : null;
    }
}
