using System.Globalization;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>Reads parsed Markdown and has a typesetter write it. HTML in Markdown is text.</summary>
internal sealed class MarkdownReader
{
    static readonly MarkdownPipeline Pipeline = MakePipeline();

    readonly MarkdownText source;
    readonly Typesetter typesetter;
    readonly NodeBuilder builder;
    readonly InlineReader inlines;
    readonly MarkdownPartWriter parts;

    MarkdownReader(MarkdownText source, Typesetter typesetter)
    {
        (this.source, this.typesetter, builder) = (source, typesetter, typesetter.Builder);
        var links = new LinkReader(builder.Binder, builder.Problems);
        inlines = new(source, typesetter, links);
        parts = new(typesetter, links);
    }

    public static MarkdownDocument Parse(MarkdownText source) => Markdig.Markdown.Parse(source.Text, Pipeline);

    public static void Write(MarkdownText source, MarkdownDocument document, Typesetter typesetter) =>
        new MarkdownReader(source, typesetter).ReadBlocks(document, "the text");

    /// <summary>Text that is indented is no code: people indent what stands between block tags. Code stands in a fence.</summary>
    static MarkdownPipeline MakePipeline()
    {
        var made = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UsePreciseSourceLocation().DisableHtml();
        made.BlockParsers.RemoveAll(parser => parser is IndentedCodeBlockParser);
        return made.Build();
    }

    void ReadBlocks(ContainerBlock container, string name)
    {
        var outer = builder.EnterContainer();
        for (var i = 0; i < container.Count; i++)
        {
            if (IsListOfLoop(container, i)) ReadListOfLoop(container, ref i);
            else if (AloneIn(container[i]) is { } tag) ReadAlone(tag);
            else ReadBlock(container[i]);
        }

        builder.LeaveContainer(outer, name);
    }

    void ReadBlock(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading: ReadHeading(heading); break;
            case ParagraphBlock paragraph: ReadParagraph(paragraph); break;
            case ListBlock list: ReadList(list); break;
            case QuoteBlock quote: ReadQuote(quote); break;
            case ThematicBreakBlock: typesetter.Rule(); break;
            case CodeBlock code: ReadCode(code); break;
            case Table table: ReadTable(table); break;
        }
    }

    /// <summary>The tag of a paragraph that is nothing but a tag; a value is an ordinary paragraph.</summary>
    Tag? AloneIn(Block block) =>
        block is ParagraphBlock { Inline.FirstChild: LiteralInline { NextSibling: null } literal }
            && source.Placeholders.Only(literal.Content.AsSpan()) is { } tag and not Tag.Output
            ? tag
            : null;

    void ReadAlone(Tag tag)
    {
        switch (tag)
        {
            case Tag.Use use: parts.Write(use); break;
            case Tag.OpenPart part: parts.Begin(part); break;
            case Tag.Close close when parts.TryEnd(close): break;
            case Tag.Close close: builder.Close(close); break;
            case Tag.Else other: builder.Else(other); break;
            default: builder.Open(tag); break;
        }
    }

    void ReadHeading(HeadingBlock heading)
    {
        typesetter.BeginHeading(heading.Level);
        inlines.Read(heading.Inline, "a heading");
        typesetter.EndHeading(heading.Level);
    }

    /// <summary>
    /// A block that holds all of a paragraph holds the paragraph itself, so that none is left when there is nothing to say.
    /// </summary>
    void ReadParagraph(ParagraphBlock paragraph)
    {
        var isTight = paragraph.Parent is ListItemBlock { Parent: ListBlock { IsLoose: false } };
        typesetter.BeginParagraph(isTight);
        inlines.Read(paragraph.Inline, "a paragraph");
        typesetter.EndParagraph(isTight);
    }

    void ReadQuote(QuoteBlock quote)
    {
        typesetter.BeginQuote();
        ReadBlocks(quote, "a quotation");
        typesetter.EndQuote();
    }

    void ReadList(ListBlock list)
    {
        var first = FirstOf(list);
        typesetter.BeginList(first);
        ReadItems(list, first);
        typesetter.EndList(first);
    }

    static long? FirstOf(ListBlock list) =>
        !list.IsOrdered
            ? null
            : long.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 1;

    void ReadItems(ListBlock list, long? first)
    {
        var outer = builder.EnterContainer();
        foreach (var item in list.Cast<ListItemBlock>())
        {
            typesetter.BeginItem(first, source.PlaceOf(item.Line, 0));
            ReadBlocks(item, "an item of a list");
            typesetter.EndItem();
            first++;
        }

        builder.LeaveContainer(outer, "a list");
    }

    /// <summary>
    /// Whether here begins a loop that makes nothing but the items of a list: then it is one list, and not one for each item.
    /// </summary>
    bool IsListOfLoop(ContainerBlock container, int i) =>
        i + 2 < container.Count && container[i + 1] is ListBlock { Count: 1 }
        && AloneIn(container[i]) is Tag.Open { Kind: BlockKind.Each } open && AloneIn(container[i + 2]) is Tag.Close close
            && close.Block == open.Block;

    void ReadListOfLoop(ContainerBlock container, ref int i)
    {
        var list = (ListBlock)container[i + 1];
        var first = FirstOf(list);
        typesetter.BeginList(first);
        builder.Open(AloneIn(container[i])!);
        ReadItems(list, first);
        builder.Close(AloneIn(container[i += 2])!);
        typesetter.EndList(first);
    }

    void ReadCode(CodeBlock code)
    {
        typesetter.BeginCodeBlock();
        var outer = builder.EnterContainer();
        // of code without a line Markdig makes no lines at all
        if (code.Lines.Count > 0)
            inlines.ReadPieces(string.Join('\n', code.Lines.Lines.Take(code.Lines.Count).Select(line => line.Slice.ToString())));
        builder.LeaveContainer(outer, "code");
        typesetter.EndCodeBlock();
    }

    void ReadTable(Table table)
    {
        var areFacts = table[0] is TableRow { IsHeader: true } head && AloneInRow(head) is Tag.OpenPart;
        var alignment = areFacts
            ? "f"
            : string.Concat(table.ColumnDefinitions.Take(table.Max(row => ((TableRow)row).Count)).Select(Alignment));
        typesetter.BeginTable(alignment);
        var outer = builder.EnterContainer();
        foreach (var row in table.Cast<TableRow>().Skip(areFacts ? 1 : 0))
        {
            if (AloneInRow(row) is Tag.Use { Name: "rows" } rows) parts.WriteRows(rows, alignment);
            else if (AloneInRow(row) is { } tag) ReadAlone(tag);
            else ReadRow(row, alignment);
        }

        builder.LeaveContainer(outer, "a table");
        typesetter.EndTable();
    }

    static char Alignment(TableColumnDefinition column) => column.Alignment switch
    {
        TableColumnAlign.Right => 'r',
        TableColumnAlign.Center => 'c',
        _ => 'l',
    };

    Tag? AloneInRow(TableRow row) =>
        row is [TableCell { Count: 1 } cell, ..]
            && row.Skip(1)
                .All(other => other is TableCell { Count: 0 } or TableCell { LastChild: ParagraphBlock { Inline.FirstChild: null } })
        ? AloneIn(cell[0]) : null;

    void ReadRow(TableRow row, string alignment)
    {
        typesetter.BeginRow(row.IsHeader);
        for (var i = 0; i < row.Count; i++)
        {
            var isHead = row.IsHeader || (alignment is "f" && i == 0);
            typesetter.BeginCell(alignment is not "f" && i < alignment.Length ? alignment[i] : 'l', isHead);
            foreach (var paragraph in ((TableCell)row[i]).OfType<ParagraphBlock>()) inlines.Read(paragraph.Inline, "a cell");
            typesetter.EndCell(isHead);
        }

        typesetter.EndRow();
    }
}
