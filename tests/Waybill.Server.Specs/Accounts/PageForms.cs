using System.Net;
using System.Text.RegularExpressions;

namespace Waybill.Server.Specs.Accounts;

/// <summary>The forms of a page with what is in them, as a browser would send them.</summary>
internal static partial class PageForms
{
    public static IReadOnlyList<PageForm> In(string html) =>
        [.. Form().Matches(html)
            .SelectMany(
                form => Actions(form)
                    .Select(
                        action => new PageForm(
                            Of(form.Groups["attributes"].Value, "method") ?? "get", action, [.. Fields(form.Groups["inside"].Value)])))];

    /// <summary>Where it goes, by itself and by its buttons.</summary>
    static IEnumerable<string> Actions(Match form) =>
        new[] { Of(form.Groups["attributes"].Value, "action") }.Concat(
            FormAction().Matches(form.Groups["inside"].Value).Select(action => WebUtility.HtmlDecode(action.Groups["path"].Value)))
            .OfType<string>().Distinct(StringComparer.Ordinal);

    static IEnumerable<PageField> Fields(string inside)
    {
        foreach (Match input in Input().Matches(inside))
        {
            var attributes = input.Groups["attributes"].Value;
            var type = Of(attributes, "type") ?? "text";
            if (Of(attributes, "name") is not { } name || type == "file") continue;
            if (type is "checkbox" or "radio" && !Checked().IsMatch(attributes)) continue;
            yield return new(
                name, Of(attributes, "value") ?? "", type is "text" or "search" or "email" or "url" && !ReadOnly().IsMatch(attributes))
            {
                IsCode = Of(attributes, "autocomplete") == "one-time-code",
            };
        }

        foreach (Match area in TextArea().Matches(inside))
            yield return new(
                Of(area.Groups["attributes"].Value, "name")!, WebUtility.HtmlDecode(area.Groups["text"].Value).TrimStart('\n'),
                !ReadOnly().IsMatch(area.Groups["attributes"].Value));
        foreach (Match select in Select().Matches(inside))
            yield return new(Of(select.Groups["attributes"].Value, "name")!, Chosen(select.Groups["inside"].Value), IsText: false);
    }

    static string Chosen(string options) =>
        Option().Matches(options) is { Count: > 0 } all
            ? Of(
                (all.FirstOrDefault(one => Selected().IsMatch(one.Groups["attributes"].Value)) ?? all[0]).Groups["attributes"].Value,
                "value") ?? ""
            : "";

    static string? Of(string attributes, string name) =>
        Regex.Match(
            attributes, $"(?:^|\\s){name}=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
                ? WebUtility.HtmlDecode(found.Groups["value"].Value)
                : null;

    [GeneratedRegex("<form(?<attributes>[^>]*)>(?<inside>.*?)</form>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Form();

    [GeneratedRegex("formaction=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormAction();

    [GeneratedRegex("<input(?<attributes>(\\s+[a-zA-Z_:-]+(=\"[^\"]*\")?)+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("<textarea(?<attributes>[^>]*)>(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextArea();

    [GeneratedRegex("<select(?<attributes>[^>]*)>(?<inside>.*?)</select>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Select();

    [GeneratedRegex("<option(?<attributes>[^>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();

    [GeneratedRegex("\\schecked\\b", RegexOptions.None, 1000)]
    private static partial Regex Checked();

    [GeneratedRegex("\\sselected\\b", RegexOptions.None, 1000)]
    private static partial Regex Selected();

    [GeneratedRegex("\\sreadonly\\b", RegexOptions.None, 1000)]
    private static partial Regex ReadOnly();
}

/// <summary>One form, by one of the ways that it can be sent.</summary>
internal sealed record PageForm(string Method, string Action, IReadOnlyList<PageField> Fields);

/// <summary>One field with what is in it. <see cref="IsText"/>: people write what they like.</summary>
internal sealed record PageField(string Name, string Value, bool IsText)
{
    /// <summary>A one-time code, which no page writes back.</summary>
    public bool IsCode { get; init; }
}
