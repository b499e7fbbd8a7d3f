using System.Net;
using Waybill.Templates.Language;
using Waybill.Templates.Markdown;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markup;

/// <summary>Has a typesetter write what somebody reads who sees HTML: the text part of a template that brings none.</summary>
internal sealed class HtmlAsText(HtmlSource source, Typesetter typesetter)
{
    static readonly HashSet<string> Blocks = ["p", "div", "table", "section", "article", "header", "footer", "main", "address", "center",
        "figure", "dl", "form", "fieldset"];
    static readonly HashSet<string> Lines = ["tr", "dt", "dd", "caption", "figcaption", "td", "th"];

    readonly NodeBuilder builder = typesetter.Builder;
    readonly LinkReader links = new(typesetter.Builder.Binder, typesetter.Builder.Problems);
    readonly Stack<Open> open = new();
    int hidden;

    public void Write(IReadOnlyList<HtmlEvent> events)
    {
        foreach (var found in events)
        {
            if (found is HtmlEvent.Text text) WriteText(text.Raw);
            else if (found is HtmlEvent.Start start) Begin(start);
            else if (found is HtmlEvent.End end) End(end.Name);
        }

        while (open.Count > 0) Leave(open.Pop());
    }

    /// <summary>Tags count also where nothing is shown, for a block may end elsewhere.</summary>
    void WriteText(string raw)
    {
        foreach (var piece in source.Placeholders.Split(raw))
        {
            switch (piece.Tag)
            {
                case null when hidden == 0: typesetter.Text(WebUtility.HtmlDecode(piece.Text)); break;
                case Tag.Output output when hidden == 0: typesetter.Value(output); break;
                case Tag.Use use when hidden == 0: new MarkdownPartWriter(typesetter, links).Write(use); break;
                case Tag.Else other: builder.Else(other); break;
                case Tag.Close close: builder.Close(close); break;
                case Tag.Open or Tag.OpenScope: builder.Open(piece.Tag); break;
            }
        }
    }

    void Begin(HtmlEvent.Start start)
    {
        if (hidden == 0 && start.Name == "br") typesetter.LineBreak(isHard: true);
        else if (hidden == 0 && start.Name == "hr") typesetter.Rule();
        else if (hidden == 0 && start.Name == "img") WriteAlt(start.Value("alt"));
        if (start.IsSelfClosing || HtmlRules.Empty.Contains(start.Name)) return;
        var isHidden = start.Name is "head" or "style" or "title" || IsHidden(start.Value("style"));
        var link = hidden == 0 && !isHidden && start.Name == "a" && start.Value("href") is { } href ? LinkOf(start.At, href) : null;
        open.Push(new(start, isHidden, link));
        if (isHidden) hidden++;
        else if (hidden == 0) Enter(start);
    }

    static bool IsHidden(string? style)
    {
        var plain = style?.Replace(" ", "", StringComparison.Ordinal);
        return plain?.Contains("display:none", StringComparison.OrdinalIgnoreCase) == true
            || plain?.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase) == true;
    }

    LinkPart[] LinkOf(Place at, string href) =>
        links.Read(
            [.. source.Placeholders.Split(href.Trim()).Select(piece => piece with { Text = WebUtility.HtmlDecode(piece.Text) })],
            at,
            isPicture: false,
            where: null);

    void WriteAlt(string? alt)
    {
        foreach (var piece in source.Placeholders.Split(alt ?? ""))
        {
            if (piece.Tag is null) typesetter.Text(WebUtility.HtmlDecode(piece.Text));
            else if (piece.Tag is Tag.Output output) typesetter.Value(output);
        }
    }

    void End(string name)
    {
        if (!open.Any(element => element.Start.Name == name)) return;
        while (open.TryPop(out var element))
        {
            Leave(element);
            if (element.Start.Name == name) return;
        }
    }

    void Enter(HtmlEvent.Start start)
    {
        var name = start.Name;
        if (name is ['h', >= '1' and <= '6']) typesetter.BeginHeading(name[1] - '0');
        else if (name is "ul" or "ol") typesetter.BeginList(null);
        else if (name == "li") typesetter.BeginItem(null, start.At);
        else if (name == "blockquote") typesetter.BeginQuote();
        else if (name == "pre") typesetter.BeginCodeBlock();
        else if (Lines.Contains(name)) typesetter.LineBreak(isHard: true);
        else if (Blocks.Contains(name)) typesetter.BeginParagraph(isTight: false);
    }

    void Leave(Open element)
    {
        if (element.IsHidden) hidden--;
        if (hidden > 0 || element.IsHidden) return;
        var name = element.Start.Name;
        if (name is ['h', >= '1' and <= '6']) typesetter.EndHeading(name[1] - '0');
        else if (name is "ul" or "ol") typesetter.EndList(null);
        else if (name == "li") typesetter.EndItem();
        else if (name == "blockquote") typesetter.EndQuote();
        else if (name == "pre") typesetter.EndCodeBlock();
        else if (element.Link is not null) typesetter.EndLink(element.Start.At, element.Link, saysItself: false);
        else if (Lines.Contains(name)) typesetter.LineBreak(isHard: true);
        else if (Blocks.Contains(name)) typesetter.EndParagraph(isTight: false);
    }

    sealed record Open(HtmlEvent.Start Start, bool IsHidden, LinkPart[]? Link);
}
