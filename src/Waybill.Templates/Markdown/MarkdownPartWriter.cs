using Waybill.Templates.Language;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markdown;

/// <summary>Writes the parts that come with Waybill.</summary>
internal sealed class MarkdownPartWriter(Typesetter typesetter, LinkReader links)
{
    readonly NodeBuilder builder = typesetter.Builder;
    readonly Dictionary<int, string> open = [];

    public void Write(Tag.Use use)
    {
        if (builder.IsFull) return;
        if (use.Context is not null) builder.Problems.Refuse(use.At, $"The part {use.Name} takes parameters only: {Example(use.Name)}.");
        else if (AreKnown(use.At, use.Name, use.Parameters)) WriteKnown(use);
    }

    public void Begin(Tag.OpenPart part)
    {
        if (!AreKnown(part.At, part.Name, part.Parameters)) return;
        if (part.Name == "facts")
        {
            builder.Problems.Refuse(part.At, "The part facts begins a line of its own, outside of a table.");
            return;
        }

        open[part.Block] = part.Name;
        if (part.Name == "notice") typesetter.BeginNotice();
        else typesetter.BeginSignature(part.At);
        builder.Open(part);
    }

    public bool TryEnd(Tag.Close close)
    {
        if (!open.TryGetValue(close.Block, out var name)) return false;
        builder.Close(close);
        if (name == "notice") typesetter.EndNotice();
        else typesetter.EndSignature();
        return true;
    }

    /// <summary>A row for each item of a list, in a table whose head the author wrote.</summary>
    public void WriteRows(Tag.Use use, string alignment)
    {
        if (!AreKnown(use.At, "rows", use.Parameters) || Get(use, "of") is not { } list || Get(use, "cells") is not { } cells) return;
        if (cells is not Expression.Constant { Value.Text: { } columns })
        {
            builder.Problems.Refuse(use.At, $"cells is a text that names what each column shows: {Example("rows")}.");
            return;
        }

        var loop = new Tag.Open(use.At, BlockKind.Each, list, 0);
        builder.Open(loop);
        typesetter.BeginRow(isHead: false);
        var column = 0;
        foreach (var cell in columns.Split(',')) WriteCell(cells.At, cell.Trim(), column < alignment.Length ? alignment[column++] : 'l');
        typesetter.EndRow();
        builder.Close(loop);
    }

    void WriteCell(Place at, string cell, char alignment)
    {
        typesetter.BeginCell(alignment, isHead: false);
        if (cell.Length > 0 && new ExpressionReader(cell, at, builder.Problems).ReadWhole() is { } value) typesetter.Value(new(at, value));
        typesetter.EndCell(isHead: false);
    }

    void WriteKnown(Tag.Use use)
    {
        switch (use.Name)
        {
            case "heading" when Get(use, "text") is { } text: WriteHeading(use, text); break;
            case "text" when Get(use, "value") is { } value: typesetter.Lines(use.At, value); break;
            case "button"
                when Get(use, "label") is { } label
                    && Get(use, "url") is { } url:
                typesetter.Button(use.At, label, links.Read(url, use.At)); break;
            case "code" when Get(use, "value") is { } code: typesetter.BigCode(use.At, code); break;
            case "notice" when Get(use, "text") is { } text: WriteNotice(use, text); break;
            case "facts" when Get(use, "of") is { } list: WriteFacts(use, list); break;
            case "signature":
                typesetter.Signature(
                use.At, Optional(use, "name") ?? new Expression.OfMail(use.At, MailFact.BrandName)); break;
            case "rows":
                builder.Problems.Refuse(
                use.At, "The part rows stands in a pipe table, on a line of its own below the ruled line."); break;
        }
    }

    void WriteHeading(Tag.Use use, Expression text)
    {
        var level = Optional(use, "level") is Expression.Constant { Value: { Sort: ValueSort.Number, Number: >= 1 and <= 3 } given }
            ? (int)given.Number
            : 1;
        typesetter.BeginHeading(level);
        typesetter.Value(new(use.At, text));
        typesetter.EndHeading(level);
    }

    void WriteNotice(Tag.Use use, Expression text)
    {
        typesetter.BeginNotice();
        typesetter.Lines(use.At, text);
        typesetter.EndNotice();
    }

    void WriteFacts(Tag.Use use, Expression list)
    {
        var loop = new Tag.Open(use.At, BlockKind.Each, list, 0);
        typesetter.BeginTable("f");
        builder.Open(loop);
        typesetter.BeginRow(isHead: false);
        WriteFact(use, "label", isHead: true);
        WriteFact(use, "value", isHead: false);
        typesetter.EndRow();
        builder.Close(loop);
        typesetter.EndTable();
    }

    void WriteFact(Tag.Use use, string name, bool isHead)
    {
        typesetter.BeginCell('l', isHead);
        typesetter.Value(
            new(
                use.At,
                new Expression.Path(
                    use.At, 0, [new(Optional(use, name) is Expression.Constant { Value.Text: { } given } ? given : name)])));
        typesetter.EndCell(isHead);
    }

    static Expression? Optional(Tag.Use use, string name) => Array.Find(use.Parameters, parameter => parameter.Name == name).Value;

    Expression? Get(Tag.Use use, string name)
    {
        if (Optional(use, name) is { } value) return value;
        builder.Problems.Refuse(use.At, $"The part {use.Name} needs {name}: {Example(use.Name)}.");
        return null;
    }

    bool AreKnown(Place at, string part, Named[] parameters)
    {
        var known = Parts.Parameters[part];
        var unknown = Array.Find(parameters, parameter => !known.Contains(parameter.Name)).Name;
        if (unknown is not null) builder.Problems.Refuse(at, $"The part {part} knows no {unknown}, only {string.Join(", ", known)}.");
        return unknown is null;
    }

    static string Example(string part) => part switch
    {
        "heading" => "{{> heading text=title level=2}}",
        "text" => "{{> text value=note}}",
        "button" => "{{> button label=\"Pay now\" url=pay_url}}",
        "facts" => "{{> facts of=lines label=\"label\" value=\"value\"}}",
        "rows" => "{{> rows of=items cells=\"name, quantity, money price\"}}",
        "notice" => "{{> notice text=\"Keep this mail.\"}}",
        "code" => "{{> code value=key}}",
        _ => "{{> signature name=\"Ann\"}}",
    };
}
