namespace Waybill.Screens.Pages;

/// <summary>Where a list goes on.</summary>
/// <param name="HasNewer">Whether there are newer ones.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="Query">What the list is filtered by, as a query without its question mark; empty: by nothing.</param>
public sealed record ListEdges(bool HasNewer, bool HasOlder, string Query)
{
    /// <summary>The address of the newer ones; null: there are none.</summary>
    public string? Newer(string path, object? first) => HasNewer && first is not null ? $"{path}?before={first}{Rest}" : null;

    /// <summary>The address of the older ones; null: there are none.</summary>
    public string? Older(string path, object? last) => HasOlder && last is not null ? $"{path}?after={last}{Rest}" : null;

    string Rest => Query.Length > 0 ? "&" + Query : "";
}
