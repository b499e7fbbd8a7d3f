using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.Pages;

/// <summary>What a page's source must be like, whatever others wrote into what it shows.</summary>
internal static partial class HarmlessPage
{
    static readonly string[] Ours =
    [
        "html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "main", "h1", "h2", "h3", "p", "table", "caption",
        "thead", "tbody", "tr", "th", "td", "span", "small", "time", "dl", "dt", "dd", "code", "ol", "ul", "li", "strong", "details",
        "summary", "pre", "iframe", "div", "section", "form", "fieldset", "legend", "input", "button", "kbd", "svg", "path", "circle",
        "label", "select", "option", "bdi", "textarea", "noscript", "footer", "q", "datalist", "img", "rect", "text", "g", "line",
        "polyline", "figure", "figcaption",
    ];

    static readonly string[] Addresses = ["href", "src", "action", "formaction", "data-live"];

    /// <summary>No tag but ours, no script but ours, no attribute that runs one, no address but ours.</summary>
    public static void ShouldBeHarmless(string html)
    {
        var tags = Tag().Matches(html);
        Assert.Equal(Beginning().Count(html), tags.Count); // whatever looks like a tag is one that we understand
        Assert.Empty(tags.Select(tag => tag.Groups["name"].Value).Except(Ours));
        Assert.Single(tags, tag => tag.Groups["name"].Value == "script");
        Assert.Single(Script().Matches(html));
        foreach (var (name, value) in tags.SelectMany(tag => Attribute().Matches(tag.Groups["attributes"].Value))
            .Select(one => (one.Groups["name"].Value, one.Groups["value"].Value)))
        {
            Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase), name);
            if (Addresses.Contains(name))
                Assert.Matches("^([/?#]|https?://[a-z0-9.]+)(?!/)|^otpauth://totp/|^$|^/$", WebUtility.HtmlDecode(value));
        }
    }

    [GeneratedRegex("<[a-zA-Z]", RegexOptions.None, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex("<(?<name>[a-z][a-z0-9]*)(?<attributes>(\\s+[a-zA-Z_:-]+(=\"[^\"]*\")?)*)\\s*/?>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("(?<name>[a-zA-Z_:-]+)(=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();

    /// <summary>Ours, before anything that somebody wrote.</summary>
    [GeneratedRegex("^<!DOCTYPE html>\\s*<html[^>]*>\\s*<head>((?!</head>)[\\s\\S])*<script type=\"module\" "
        + "src=\"/assets/[0-9a-f]{12}/js/waybill\\.js\"></script>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Script();
}
