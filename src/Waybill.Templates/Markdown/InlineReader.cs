using Markdig.Extensions.Tables;
using Markdig.Syntax.Inlines;
using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>Reads what stands inside paragraphs, headings and cells.</summary>
internal sealed class InlineReader(MarkdownText source, Typesetter typesetter, LinkReader links)
{
    readonly NodeBuilder builder = typesetter.Builder;

    public void Read(ContainerInline? container, string name)
    {
        if (container is null) return;
        var outer = builder.EnterContainer();
        foreach (var inline in container) Read(inline);
        builder.LeaveContainer(outer, name);
    }

    public void ReadPieces(string text)
    {
        foreach (var piece in source.Placeholders.Split(text))
        {
            if (piece.Tag is null) typesetter.Text(piece.Text);
            else Read(piece.Tag);
        }
    }

    void Read(Tag tag)
    {
        switch (tag)
        {
            case Tag.Output output: typesetter.Value(output); break;
            case Tag.Close close: builder.Close(close); break;
            case Tag.Else other: builder.Else(other); break;
            case Tag.Open or Tag.OpenScope: builder.Open(tag); break;
            case Tag.Use use: Refuse(use.At, use.Name); break;
            case Tag.OpenPart part: Refuse(part.At, part.Name); break;
        }
    }

    void Refuse(Place at, string name) => builder.Problems.Refuse(at, name == "rows"
        ? "The part rows stands in a pipe table, on a line of its own below the ruled line."
        : $"The part {name} stands on a line of its own, between blocks: put a line end before it and after it.");

    void Read(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: ReadPieces(literal.Content.ToString()); break;
            case LineBreakInline end: typesetter.LineBreak(end.IsHard); break;
            case EmphasisInline emphasis: ReadEmphasis(emphasis); break;
            case CodeInline code: ReadCode(code); break;
            case LinkInline link: ReadLink(link); break;
            case AutolinkInline link: ReadAutolink(link); break;
            case HtmlEntityInline entity: typesetter.Text(entity.Transcoded.ToString()); break;
            case PipeTableDelimiterInline: ReadDelimiter((ContainerInline)inline); break;
            case ContainerInline container: Read(container, "a text"); break;
        }
    }

    /// <summary>A pipe that makes no table.</summary>
    void ReadDelimiter(ContainerInline delimiter)
    {
        typesetter.Text("|");
        Read(delimiter, "a text");
    }

    void ReadEmphasis(EmphasisInline emphasis)
    {
        var isStrong = emphasis.DelimiterCount > 1;
        typesetter.Emphasis(isStrong, isEnd: false);
        Read(emphasis, isStrong ? "bold text" : "emphasised text");
        typesetter.Emphasis(isStrong, isEnd: true);
    }

    void ReadCode(CodeInline code)
    {
        typesetter.Code(isEnd: false);
        var outer = builder.EnterContainer();
        ReadPieces(code.Content);
        builder.LeaveContainer(outer, "code");
        typesetter.Code(isEnd: true);
    }

    void ReadLink(LinkInline link)
    {
        var (at, url) = (source.PlaceOf(link.Line, link.Column), link.Url ?? "");
        var parts = links.Read([.. source.Placeholders.Split(url)], at, link.IsImage, link.IsImage ? LinkReader.Picture : null);
        if (link.IsImage)
        {
            typesetter.BeginPicture(at, parts);
            Read(link, "a picture's text");
            typesetter.EndPicture();
            return;
        }

        typesetter.BeginLink(at, parts);
        Read(link, "a link");
        typesetter.EndLink(at, parts, SaysItself(link, url));
    }

    void ReadAutolink(AutolinkInline link)
    {
        var at = source.PlaceOf(link.Line, link.Column);
        var parts = links.Read(
            [.. source.Placeholders.Split(link.IsEmail ? $"mailto:{link.Url}" : link.Url)], at, isPicture: false, where: null);
        typesetter.BeginLink(at, parts);
        ReadPieces(link.Url);
        typesetter.EndLink(at, parts, saysItself: true);
    }

    bool SaysItself(LinkInline link, string url)
    {
        if (link.FirstChild is not LiteralInline { NextSibling: null } literal) return false;
        var (text, target) = (source.Placeholders.Readable(literal.Content.ToString()), source.Placeholders.Readable(url));
        return text == target || $"mailto:{text}" == target || $"tel:{text}" == target;
    }
}
