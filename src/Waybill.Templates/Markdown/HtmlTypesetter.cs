using Waybill.Templates.Language;
using Waybill.Templates.Layout;
using Waybill.Templates.Markup;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markdown;

/// <summary>Writes the HTML of a mail's body, with the styles on the elements.</summary>
internal sealed class HtmlTypesetter(NodeBuilder builder, bool isRightToLeft) : Typesetter(builder)
{
    readonly string start = isRightToLeft ? "right" : "left";
    readonly string end = isRightToLeft ? "left" : "right";

    bool hasBegun;
    bool isInAttribute;
    bool areFacts;
    string leastWidth = "";
    int columns;
    int column;
    int lists;

    void Raw(string html)
    {
        hasBegun = true;
        if (!isInAttribute) Builder.Literal(html);
    }

    void Raw(string html, Place at, MailFact then)
    {
        Raw(html);
        Builder.Print(at, new Expression.OfMail(at, then), Position.Html);
    }

    public override void Text(string text) => Builder.Literal(Html.Escape(text));

    public override void LineBreak(bool isHard) => Builder.Literal(isHard && !isInAttribute ? "<br>\n" : "\n");

    public override void BeginHeading(int level) => Raw($"<h{level} dir=\"auto\" style=\"{Styles.Heading(level, isFirst: !hasBegun)}\">");

    public override void EndHeading(int level) => Raw($"</h{level}>\n");

    public override void BeginParagraph(bool isTight) => Raw(isTight ? "" : $"<p dir=\"auto\" style=\"{Styles.Paragraph}\">");

    public override void EndParagraph(bool isTight) => Raw(isTight ? "" : "</p>\n");

    public override void BeginList(long? first)
    {
        var style = $"padding:0;margin:{Styles.ListMargin(isInner: lists++ > 0)};margin-{start}:24px";
        Raw(first switch
        {
            null => $"<ul style=\"{style}\">\n",
            1 => $"<ol style=\"{style}\">\n",
            _ => $"<ol start=\"{first}\" style=\"{style}\">\n",
        });
    }

    public override void EndList(long? first)
    {
        lists--;
        Raw(first is null ? "</ul>\n" : "</ol>\n");
    }

    public override void BeginItem(long? number, Place at) => Raw($"<li dir=\"auto\" style=\"{Styles.Item}\">");

    public override void EndItem() => Raw("</li>\n");

    public override void BeginQuote() =>
        Raw($"<blockquote class=\"wb-rule wb-muted\" style=\"{Styles.Quote};border-{start}:{Styles.QuoteLine}\">\n");

    public override void EndQuote() => Raw("</blockquote>\n");

    public override void BeginCodeBlock() =>
        Raw($"<pre dir=\"ltr\" class=\"wb-code\" style=\"{Styles.CodeBlock}\"><code style=\"font-family:inherit\">");

    public override void EndCodeBlock() => Raw("</code></pre>\n");

    public override void Rule() => Raw($"<hr class=\"wb-rule\" style=\"{Styles.Line}\">\n");

    public override void BeginTable(string alignment)
    {
        areFacts = alignment is "f";
        columns = areFacts ? 2 : alignment.Length;
        leastWidth = Styles.LeastWidth(columns, alignment.Count(letter => letter is 'r' or 'c'));
        Raw($"<table class=\"wb-rule\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"{Styles.Table}\">\n");
    }

    public override void EndTable() => Raw("</table>\n");

    public override void BeginRow(bool isHead)
    {
        column = 0;
        Raw("<tr>");
    }

    public override void EndRow() => Raw("</tr>\n");

    /// <summary>Each cell keeps to its column's side, whichever way its own text is read.</summary>
    public override void BeginCell(char alignment, bool isHead)
    {
        var align = alignment switch { 'r' => end, 'c' => "center", _ => start };
        var style = $"{Gap()}text-align:{align}{(alignment is 'r' or 'c' ? Styles.NumberCell : leastWidth)}";
        var (tag, kind, look) = (isHead, areFacts) switch
        {
            (false, _) => ("td", "wb-rule", Styles.Cell),
            (true, true) => ("th scope=\"row\"", "wb-rule wb-muted", Styles.Label),
            _ => ("th scope=\"col\"", "wb-rule", Styles.Head),
        };
        Raw($"<{tag} class=\"{kind}\" dir=\"auto\" align=\"{align}\" style=\"{look};{style}\">");
    }

    /// <summary>Between columns, so that the outer ones stand flush with the text.</summary>
    string Gap() => ++column == columns ? "padding:8px 0;" : isRightToLeft ? "padding:8px 0 8px 16px;" : "padding:8px 16px 8px 0;";

    public override void EndCell(bool isHead) => Raw(isHead ? "</th>" : "</td>");

    public override void Emphasis(bool isStrong, bool isEnd) => Raw($"<{(isEnd ? "/" : "")}{(isStrong ? "strong" : "em")}>");

    public override void Code(bool isEnd) => Raw(isEnd ? "</code>" : $"<code dir=\"ltr\" class=\"wb-code\" style=\"{Styles.Code}\">");

    public override void BeginLink(Place at, LinkPart[] link)
    {
        if (isInAttribute) return;
        Raw("<a class=\"wb-link\" href=\"");
        AddLink(at, link);
        Raw("\" style=\"color:", at, MailFact.BrandLink);
        Raw(";text-decoration:underline\">");
    }

    public override void EndLink(Place at, LinkPart[] link, bool saysItself) => Raw("</a>");

    public override void BeginPicture(Place at, LinkPart[] source)
    {
        Raw("<img src=\"");
        AddLink(at, source);
        Raw("\" alt=\"");
        isInAttribute = true;
    }

    public override void EndPicture()
    {
        isInAttribute = false;
        Raw($"\" style=\"{Styles.Picture}\">");
    }

    /// <summary>A cell with the colour of the brand: it stays a button where pictures and style sheets are off, in Outlook too.</summary>
    public override void Button(Place at, Expression label, LinkPart[] link)
    {
        Raw(
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 24px\"><tr><td "
                + "align=\"center\" bgcolor=\"",
            at,
            MailFact.BrandColour);
        Raw("\" style=\"border-radius:6px;mso-padding-alt:12px 24px;background-color:", at, MailFact.BrandColour);
        Raw("\"><a class=\"wb-button\" href=\"");
        AddLink(at, link);
        Raw("\" style=\"display:inline-block;padding:12px 24px;border-radius:6px;border:1px solid ", at, MailFact.BrandLink);
        Raw(";font-size:16px;line-height:24px;font-weight:600;text-decoration:none;color:", at, MailFact.BrandInk);
        Raw("\">");
        Builder.Print(at, label, Position.Html);
        Raw("</a></td></tr></table>\n");
    }

    public override void BigCode(Place at, Expression code)
    {
        Raw($"<p dir=\"ltr\" class=\"wb-code\" style=\"{Styles.BigCode}\">");
        Builder.Print(at, code, Position.Html);
        Raw("</p>\n");
    }

    public override void Lines(Place at, Expression value)
    {
        BeginParagraph(false);
        Builder.Print(at, value, Position.HtmlLines);
        EndParagraph(false);
    }

    public override void BeginNotice() =>
        Raw(
            $"<table role=\"presentation\" class=\"wb-code\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{Styles.Notice}\"><tr><td style=\"padding:16px 16px 1px;border-radius:6px\">\n");

    public override void EndNotice() => Raw("</td></tr></table>\n");

    public override void Signature(Place at, Expression name)
    {
        Raw("<p dir=\"auto\" style=\"margin:24px 0 16px\">");
        WriteRegards(at, "<br>\n");
        Builder.Print(at, name, Position.Html);
        Raw("</p>\n");
    }

    public override void BeginSignature(Place at)
    {
        Raw("<p dir=\"auto\" style=\"margin:24px 0 0\">");
        WriteRegards(at, "");
        Raw("</p>\n");
    }

    /// <summary>In a language whose words we do not know there are none.</summary>
    void WriteRegards(Place at, string after)
    {
        var known = new Tag.Open(at, BlockKind.If, new Expression.OfMail(at, MailFact.WordRegards), 0);
        Builder.Open(known);
        Builder.Print(at, new Expression.OfMail(at, MailFact.WordRegards), Position.Html);
        Raw(after);
        Builder.Close(known);
    }

    public override void EndSignature() { }

    void AddLink(Place at, LinkPart[] link)
    {
        if (link.Length == 1 && link[0].Value is null) Raw(Html.Escape(link[0].Text));
        else Builder.Add(new Node.Link(at, link, "", "", isHtml: true));
    }
}
