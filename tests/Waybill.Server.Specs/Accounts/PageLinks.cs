using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.Accounts;

/// <summary>All that a page leads to or sends something to, with the route that it is.</summary>
internal static partial class PageLinks
{
    /// <summary>The ways out of a page: its links, frames and pictures, its forms and their buttons.</summary>
    /// <param name="html">The page, as it came.</param>
    public static IReadOnlyList<PageLink> In(string html) =>
    [
        .. Tag().Matches(html).SelectMany(tag => Links(tag.Groups["name"].Value, Attributes(tag.Groups["attributes"].Value))).Distinct(),
    ];

    /// <summary>A link to a page.</summary>
    public static PageLink To(string path) => new("GET", path, RouteOf("GET", path.Split('?')[0]));

    static IEnumerable<PageLink> Links(string tag, Dictionary<string, string> attributes)
    {
        var posts = attributes.GetValueOrDefault("method") == "post" || tag == "button";
        foreach (var name in (string[])["href", "src", "data-live", "action", "formaction"])
        {
            if (attributes.GetValueOrDefault(name) is not { } path || !path.StartsWith("/admin", StringComparison.Ordinal)) continue;
            var method = posts && name is "action" or "formaction" ? "POST" : "GET";
            var bare = path.Split('#')[0];
            yield return new(method, bare, RouteOf(method, bare.Split('?')[0]));
        }
    }

    /// <summary>The route of a path: what is written out goes before what is open, as in ASP.NET.</summary>
    static AdminRoute? RouteOf(string method, string path) => AdminRoutes.All
        .Where(route => route.Method == method && Fits(route.Template.Split('/'), path.TrimEnd('/').Split('/')))
        .MaxBy(route => route.Template.Split('/').Count(part => !part.StartsWith('{')));

    static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    static Dictionary<string, string> Attributes(string text) => Attribute().Matches(text)
        .ToDictionary(one => one.Groups["name"].Value, one => WebUtility.HtmlDecode(one.Groups["value"].Value), StringComparer.Ordinal);

    [GeneratedRegex("<(?<name>[a-z]+)(?<attributes>(\\s+[a-zA-Z_:-]+(=\"[^\"]*\")?)+)\\s*/?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("(?<name>[a-zA-Z_:-]+)(=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();
}

/// <summary>One way out of a page. <see cref="Route"/> is null where there is no such route.</summary>
internal sealed record PageLink(string Method, string Path, AdminRoute? Route);
