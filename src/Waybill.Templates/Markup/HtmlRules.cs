using Waybill.Templates.Language;

namespace Waybill.Templates.Markup;

/// <summary>What HTML in a mail may not hold.</summary>
internal static class HtmlRules
{
    static readonly HashSet<string> Refused =
    [
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "textarea", "select", "button", "base",
        "svg", "math", "template", "noscript", "noembed", "noframes", "xmp", "plaintext", "portal", "audio", "video", "dialog", "slot",
        "marquee", "isindex", "keygen",
    ];

    static readonly HashSet<string> LinkAttributes =
        ["href", "src", "background", "cite", "action", "formaction", "poster", "data", "longdesc", "xlink:href", "manifest", "ping",
            "lowsrc", "dynsrc", "codebase", "classid", "profile", "usemap"];

    static readonly string[] BadCss = ["expression(", "javascript:", "vbscript:", "@import", "behavior:", "behaviour:", "-moz-binding",
        "\\"];

    public static readonly HashSet<string> Empty = ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
        "wbr", "param", "base"];

    /// <summary>
    /// Elements that may end by themselves where their parent ends. Parts of tables may, too, but not in a block: who leaves them open
    /// forgot them.
    /// </summary>
    public static readonly HashSet<string> EndByThemselves = ["p", "li", "dt", "dd"];

    public static bool IsLink(string attribute) => LinkAttributes.Contains(attribute);

    /// <summary>What is wrong with an element; null: nothing.</summary>
    public static string? Complaint(HtmlEvent.Start element)
    {
        if (Refused.Contains(element.Name))
        {
            return $"<{element.Name}> has no place in a mail: mail programs remove it, and some the mail with it. Take it out.";
        }

        if (element is { Name: "meta" } && element.Value("http-equiv")?.Contains("refresh", StringComparison.OrdinalIgnoreCase) == true)
        {
            return "A mail cannot lead to another page by itself: take this <meta> out.";
        }

        return null;
    }

    /// <summary>What is wrong with an attribute; null: nothing.</summary>
    public static string? Complaint(HtmlAttribute attribute)
    {
        if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        {
            return $"{attribute.Name} runs a script, which no mail program does: take it out.";
        }

        if (attribute.Name.Equals("srcdoc", StringComparison.OrdinalIgnoreCase)) return "srcdoc has no place in a mail: take it out.";
        return attribute.Name.AsSpan().IndexOfAny("\"'<\0") >= 0
            ? "Here should stand the name of an attribute: a quotation mark is missing before it, or one too many."
            : null;
    }

    /// <summary>What is wrong with a style; null: nothing. Comments in it are looked through.</summary>
    public static string? ComplaintAboutCss(string css)
    {
        var plain = WithoutComments(css);
        var found = Array.Find(BadCss, bad => plain.Contains(bad, StringComparison.OrdinalIgnoreCase));
        return found is not null
            ? $"{found} has no place in the style of a mail: take it out."
            : plain.Contains('<', StringComparison.Ordinal) ? "< has no place in a style." : null;
    }

    public static bool MayStandInCss(Tag? tag) => tag is Tag.Output { Value: Expression.OfMail fact } && MailFacts.IsColour(fact.Fact);

    static string WithoutComments(string css)
    {
        for (int open; (open = css.IndexOf("/*", StringComparison.Ordinal)) >= 0;)
        {
            var end = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            if (end < 0) return css[..open];
            css = css.Remove(open, end + 2 - open);
        }

        return css;
    }
}
