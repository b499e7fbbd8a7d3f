namespace Waybill.Screens.Framing;

/// <summary>Places that belong together.</summary>
/// <param name="Title">What they have in common; null for the first group, which needs no name.</param>
/// <param name="Items">The places.</param>
public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationItem> Items);

/// <summary>A place that one can go to.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Its path; a query says nothing of where it is.</param>
/// <param name="Count">How much waits there; null or 0 shows nothing.</param>
public sealed record NavigationItem(string Text, string Href, int? Count = null)
{
    /// <summary>Whether what lies below its path is another place.</summary>
    public bool IsExact { get; init; }

    /// <summary>The value of <c>aria-current</c> when a page is at this path: <c>page</c> on it, <c>true</c> below it, else null.</summary>
    public string? Current(string path)
    {
        var (here, place) = (path.Split('?', 2)[0].TrimEnd('/'), Href.Split('?', 2)[0]);
        return here == place ? "page" : !IsExact && here.StartsWith(place + "/", StringComparison.Ordinal) ? "true" : null;
    }
}
