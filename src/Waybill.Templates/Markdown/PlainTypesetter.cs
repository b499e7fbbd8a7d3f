using Waybill.Templates.Language;
using Waybill.Templates.Plain;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markdown;

/// <summary>Writes the plain text of a mail, with marks between the words that become lines once the values are known.</summary>
internal sealed class PlainTypesetter(NodeBuilder builder) : Typesetter(builder)
{
    const string Block = PlainMarks.BlockText;
    const string Break = PlainMarks.BreakText;

    void Mark(params ReadOnlySpan<char> marks) => Builder.Literal(marks);

    void Indent(string first, string rest) => Builder.Literal($"{PlainMarks.Indent}{first}{PlainMarks.Then}{rest}{PlainMarks.End}");

    public override void Text(string text) => Builder.Literal(text);

    public override void LineBreak(bool isHard) => Builder.Literal(isHard ? Break : "\n");

    public override void BeginHeading(int level) => Builder.Literal(Block);

    public override void EndHeading(int level) =>
        Builder.Literal((level < 3 ? $"{PlainMarks.Underline}{(level == 1 ? '=' : '-')}" : "") + Block);

    public override void BeginParagraph(bool isTight) => Builder.Literal(isTight ? "" : Block);

    public override void EndParagraph(bool isTight) => Builder.Literal(isTight ? Break : Block);

    public override void BeginList(long? first) => Builder.Literal(Block);

    public override void EndList(long? first) => Builder.Literal(Block);

    public override void BeginItem(long? number, Place at)
    {
        if (number is null)
        {
            Indent("- ", "");
            return;
        }

        Mark(PlainMarks.Indent);
        Builder.Add(new Node.Ordinal(at, number.Value));
        Mark('.', ' ', PlainMarks.Then, PlainMarks.End);
    }

    public override void EndItem() => Mark(PlainMarks.Outdent);

    public override void BeginQuote()
    {
        Builder.Literal(Block);
        Indent("> ", "> ");
    }

    public override void EndQuote()
    {
        Mark(PlainMarks.Outdent);
        Builder.Literal(Block);
    }

    public override void BeginCodeBlock()
    {
        Builder.Literal(Block);
        Indent("    ", "    ");
        Mark(PlainMarks.Verbatim);
    }

    public override void EndCodeBlock()
    {
        Mark(PlainMarks.Flow, PlainMarks.Outdent);
        Builder.Literal(Block);
    }

    public override void Rule() => Builder.Literal($"{Block}{new string('-', 24)}{Block}");

    public override void BeginTable(string alignment) => Builder.Literal($"{Block}{PlainMarks.Table}{alignment}{PlainMarks.End}");

    public override void EndTable() => Mark(PlainMarks.EndTable);

    public override void BeginRow(bool isHead) => Mark(PlainMarks.Row);

    public override void EndRow() { }

    public override void BeginCell(char alignment, bool isHead) => Mark(PlainMarks.Cell);

    public override void EndCell(bool isHead) { }

    public override void Emphasis(bool isStrong, bool isEnd) => Builder.Literal(isStrong ? "*" : "");

    public override void Code(bool isEnd) { }

    public override void BeginLink(Place at, LinkPart[] link) { }

    public override void EndLink(Place at, LinkPart[] link, bool saysItself)
    {
        if (!saysItself) AddLink(at, link, " <", ">");
    }

    public override void BeginPicture(Place at, LinkPart[] source) { }

    public override void EndPicture() { }

    public override void Button(Place at, Expression label, LinkPart[] link)
    {
        Builder.Literal(Block);
        Builder.Print(at, label, Position.Plain);
        AddLink(at, link, ": ", "");
        Builder.Literal(Block);
    }

    public override void BigCode(Place at, Expression code)
    {
        Builder.Literal(Block);
        Indent("    ", "    ");
        Builder.Print(at, code, Position.Plain);
        EndQuote();
    }

    public override void Lines(Place at, Expression value)
    {
        Builder.Literal(Block);
        Builder.Print(at, value, Position.PlainLines);
        Builder.Literal(Block);
    }

    public override void BeginNotice()
    {
        Builder.Literal(Block);
        Indent("| ", "| ");
    }

    public override void EndNotice() => EndQuote();

    public override void Signature(Place at, Expression name)
    {
        BeginSignature(at);
        Builder.Print(at, name, Position.Plain);
        EndSignature();
    }

    public override void BeginSignature(Place at)
    {
        Builder.Literal(Block);
        Builder.Print(at, new Expression.OfMail(at, MailFact.WordRegards), Position.Plain);
        Builder.Literal(Break);
    }

    public override void EndSignature() => Builder.Literal(Block);

    /// <summary>An address to write to says more without its scheme.</summary>
    void AddLink(Place at, LinkPart[] link, string before, string after)
    {
        if (link.Length > 1 || link[0].Value is not null) Builder.Add(new Node.Link(at, WithoutScheme(link), before, after, isHtml: false));
        else Builder.Literal(before + WithoutScheme(link)[0].Text + after);
    }

    static LinkPart[] WithoutScheme(LinkPart[] link) =>
        link[0].Text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? [link[0] with { Text = link[0].Text[7..] }, .. link[1..]]
            : link;
}
