using Waybill.Templates.Language;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markdown;

/// <summary>Writes one part of a mail, HTML or plain text, out of what a reader of Markdown or HTML finds.</summary>
internal abstract class Typesetter(NodeBuilder builder)
{
    public NodeBuilder Builder => builder;

    public abstract void Text(string text);

    public void Value(Tag.Output tag) => builder.Print(tag);

    public abstract void LineBreak(bool isHard);

    public abstract void BeginHeading(int level);

    public abstract void EndHeading(int level);

    public abstract void BeginParagraph(bool isTight);

    public abstract void EndParagraph(bool isTight);

    /// <param name="first">The number of the first item; null: the items have none.</param>
    public abstract void BeginList(long? first);

    public abstract void EndList(long? first);

    /// <param name="number">Of an item that stands by itself; where a loop makes items, of the loop's first.</param>
    /// <param name="at">Where.</param>
    public abstract void BeginItem(long? number, Place at);

    public abstract void EndItem();

    public abstract void BeginQuote();

    public abstract void EndQuote();

    public abstract void BeginCodeBlock();

    public abstract void EndCodeBlock();

    public abstract void Rule();

    /// <param name="alignment">l, c or r for each column; f: facts.</param>
    public abstract void BeginTable(string alignment);

    public abstract void EndTable();

    public abstract void BeginRow(bool isHead);

    public abstract void EndRow();

    public abstract void BeginCell(char alignment, bool isHead);

    public abstract void EndCell(bool isHead);

    public abstract void Emphasis(bool isStrong, bool isEnd);

    public abstract void Code(bool isEnd);

    public abstract void BeginLink(Place at, LinkPart[] link);

    /// <param name="at">Where.</param>
    /// <param name="link">The same as at its beginning.</param>
    /// <param name="saysItself">Whether the text of the link is where it leads.</param>
    public abstract void EndLink(Place at, LinkPart[] link, bool saysItself);

    public abstract void BeginPicture(Place at, LinkPart[] source);

    public abstract void EndPicture();

    public abstract void Button(Place at, Expression label, LinkPart[] link);

    public abstract void BigCode(Place at, Expression code);

    /// <summary>A text of the data as a paragraph that keeps its line ends.</summary>
    public abstract void Lines(Place at, Expression value);

    public abstract void BeginNotice();

    public abstract void EndNotice();

    /// <summary>The greeting at the end and who sends it.</summary>
    public abstract void Signature(Place at, Expression name);

    /// <summary>The greeting at the end; what follows says who sends it.</summary>
    public abstract void BeginSignature(Place at);

    public abstract void EndSignature();
}
