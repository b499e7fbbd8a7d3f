using System.Net;
using Waybill.Templates.Language;
using Waybill.Templates.Markdown;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markup;

/// <summary>
/// Writes HTML back as its author wrote it, with a node for each placeholder that suits where it stands, and refuses what no mail may hold.
/// </summary>
internal sealed class HtmlWriter(HtmlSource source, NodeBuilder builder, Action<Tag.Use> use)
{
    readonly Problems problems = builder.Problems;
    readonly ElementStack elements = new(builder.Problems);
    readonly LinkReader links = new(builder.Binder, builder.Problems);

    public void Write(IReadOnlyList<HtmlEvent> events)
    {
        foreach (var found in events) Write(found);
    }

    void Write(HtmlEvent found)
    {
        switch (found)
        {
            case HtmlEvent.Text text: WriteText(text); break;
            case HtmlEvent.Start start: WriteStart(start); break;
            case HtmlEvent.End end: WriteEnd(end); break;
            case HtmlEvent.Style style: WriteCss(style.At, style.Raw); break;
            case HtmlEvent.Verbatim verbatim: WriteVerbatim(verbatim); break;
        }
    }

    void WriteText(HtmlEvent.Text text)
    {
        foreach (var piece in source.Placeholders.Split(text.Raw))
        {
            switch (piece.Tag)
            {
                case null: builder.Literal(piece.Text); break;
                case Tag.Output output: builder.Print(output); break;
                case Tag.Use part: use(part); break;
                case Tag.OpenPart part:
                    problems.Refuse(
                    part.At, $"The part {part.Name} holds Markdown, and this template is HTML: write it in HTML."); break;
                default: WriteBlock(piece.Tag); break;
            }
        }
    }

    void WriteBlock(Tag tag)
    {
        if (tag.Opens)
        {
            elements.Open(tag);
            builder.Open(tag);
            return;
        }

        elements.Settle(tag, tag is Tag.Close);
        if (tag is Tag.Else other) builder.Else(other);
        else builder.Close(tag);
    }

    void WriteStart(HtmlEvent.Start start)
    {
        if (HtmlRules.Complaint(start) is { } wrong) problems.Refuse(start.At, wrong);
        builder.Literal("<" + start.Name);
        foreach (var attribute in start.Attributes) WriteAttribute(start.Name, attribute);
        builder.Literal(start.IsSelfClosing ? " />" : ">");
        elements.Open(start);
    }

    void WriteEnd(HtmlEvent.End end)
    {
        elements.Close(end);
        builder.Literal($"</{end.Name}>");
    }

    void WriteVerbatim(HtmlEvent.Verbatim verbatim)
    {
        if (TagIn(verbatim.Raw) is { } tag)
        {
            problems.Refuse(tag.At, "A placeholder cannot stand in a comment: it would not be seen, and could end the comment.");
        }

        if (verbatim.Raw.Contains("<script", StringComparison.OrdinalIgnoreCase))
        {
            problems.Refuse(verbatim.At, "A script has no place in a mail, not in a comment either: take it out.");
        }

        builder.Literal(verbatim.Raw);
    }

    Tag? TagIn(string raw) => source.Placeholders.Split(raw).FirstOrDefault(piece => piece.Tag is not null).Tag;

    void WriteAttribute(string element, HtmlAttribute attribute)
    {
        if (HtmlRules.Complaint(attribute) is { } wrong) problems.Refuse(attribute.At, wrong);
        builder.Literal(" " + attribute.Name);
        if (attribute.Raw is null) return;
        if (!attribute.IsQuoted && TagIn(attribute.Raw) is { } bare)
        {
            problems.Refuse(bare.At, $"Put quotation marks round this: {attribute.Name}=\"…\".");
        }

        builder.Literal("=\"");
        var name = attribute.Name.ToLowerInvariant();
        if (name == "style") WriteCss(attribute.At, attribute.Raw);
        else if (name is "srcset" or "imagesrcset") WriteSourceSet(attribute);
        else if (HtmlRules.IsLink(name))
        {
            WriteLink(
                attribute,
                isPicture: name is "background" || (element is "img" or "input" or "v:imagedata" or "v:fill" && name is "src"),
                where: name is "href" && element is "a" or "area" ? null : $"the attribute {name} of <{element}>");
        }
        else WriteValue(attribute);
        builder.Literal("\"");
    }

    void WriteLink(HtmlAttribute attribute, bool isPicture, string? where)
    {
        var pieces = source.Placeholders.Split(attribute.Raw!.Trim())
            .Select(piece => piece with { Text = WebUtility.HtmlDecode(piece.Text) });
        var parts = links.Read([.. pieces], attribute.At, isPicture, where);
        if (parts is [{ Value: null }]) builder.Literal(Html.Escape(parts[0].Text));
        else builder.Add(new Node.Link(attribute.At, parts, "", "", isHtml: true));
    }

    void WriteSourceSet(HtmlAttribute attribute)
    {
        if (TagIn(attribute.Raw!) is { } tag) problems.Refuse(tag.At, $"A placeholder cannot stand in {attribute.Name}: use src.");
        foreach (var picture in attribute.Raw!.Split(','))
            _ = links.Read([new(picture.Trim().Split(' ')[0], null)], attribute.At, isPicture: true, LinkReader.Picture);
        builder.Literal(Quoted(attribute.Raw!));
    }

    void WriteCss(Place at, string css)
    {
        if (HtmlRules.ComplaintAboutCss(css) is { } wrong) problems.Refuse(at, wrong);
        foreach (var piece in source.Placeholders.Split(css))
        {
            if (piece.Tag is null) builder.Literal(piece.Text.Replace("\"", "'", StringComparison.Ordinal));
            else if (HtmlRules.MayStandInCss(piece.Tag)) builder.Print((Tag.Output)piece.Tag);
            else
                problems.Refuse(
                    piece.Tag.At,
                    "A placeholder cannot stand in a style, but for the colours @brand.colour, @brand.ink, @brand.link and "
                        + "@brand.darkLink: put a block round the element.");
        }
    }

    void WriteValue(HtmlAttribute attribute)
    {
        var outer = builder.EnterContainer();
        foreach (var piece in source.Placeholders.Split(attribute.Raw!))
        {
            switch (piece.Tag)
            {
                case null: builder.Literal(Quoted(piece.Text)); break;
                case Tag.Output output: PrintInAttribute(output, attribute.Name); break;
                case Tag.Else other: builder.Else(other); break;
                case Tag.Close close: builder.Close(close); break;
                case Tag.Open or Tag.OpenScope: builder.Open(piece.Tag); break;
                default: problems.Refuse(piece.Tag.At, "A part cannot stand in an attribute."); break;
            }
        }

        builder.LeaveContainer(outer, $"the attribute {attribute.Name}");
    }

    /// <summary>What is read aloud or shown is text; what mail programs make of any other attribute nobody knows.</summary>
    void PrintInAttribute(Tag.Output output, string attribute)
    {
        if (attribute.ToLowerInvariant() is not ("alt" or "title" or "aria-label"))
            builder.Binder.Expose(output.Value, output.At, $"the attribute {attribute}");
        builder.Print(output);
    }

    static string Quoted(string raw) => raw.Replace("\"", "&quot;", StringComparison.Ordinal);
}
