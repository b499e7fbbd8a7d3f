using System.Text;
using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>
/// Markdown with a placeholder for each tag, ready to be parsed. A block tag on a line of its own becomes a paragraph of its own; inside a
/// pipe table a row of its own; inside a fence it stays where it is. The part facts becomes a pipe table.
/// </summary>
internal sealed class MarkdownText
{
    readonly StringBuilder text = new();
    readonly List<(Place At, int Start)> lines = [];
    readonly Problems problems;
    readonly NestingGuard guard;
    readonly HashSet<int> inTable = [];
    string? fence;
    int facts;
    bool isTable;

    public MarkdownText(IReadOnlyList<Token> tokens, Problems problems)
    {
        this.problems = problems;
        guard = new(problems);
        var source = SourceLines.Read(tokens, Placeholders);
        for (var i = 0; i < source.Count; i++)
        {
            if (source[i].Alone is { } tag) AppendTag(source, i, tag);
            else AppendText(source[i]);
        }
    }

    public Placeholders Placeholders { get; } = new();

    public string Text => text.ToString();

    /// <summary>Where in the source stands what the parser found at a line and column, both from 0.</summary>
    public Place PlaceOf(int line, int column)
    {
        if (line < 0 || line >= lines.Count) return new(1, 1);
        var (place, start) = lines[line];
        var before = text.ToString(start, Math.Min(column, text.Length - start));
        return place with { Column = place.Column + before.Length + Placeholders.Growth(before) };
    }

    void AppendText(SourceLine line)
    {
        var content = line.Text.AsSpan().TrimStart(" \t>");
        if (fence is null) guard.Look(line);
        if (facts != 0 && fence is null) AppendFact(line);
        else Append(line.At, line.Text);
        if (facts == 0) Follow(content.ToString());
    }

    /// <summary>Whether the next line is in a fence or a table.</summary>
    void Follow(string content)
    {
        content = ListMarker.Strip(content);
        if (fence is null)
        {
            var run = content.Length > 0 && content[0] is '`' or '~' ? content.Length - content.AsSpan().TrimStart(content[0]).Length : 0;
            if (run >= 3) fence = new(content[0], run);
        }
        else if (content.StartsWith(fence, StringComparison.Ordinal) && content.AsSpan().Trim(fence[0]).Trim().IsEmpty)
        {
            fence = null;
        }

        isTable = fence is null && content.StartsWith('|');
    }

    void AppendTag(List<SourceLine> source, int i, Token token)
    {
        var (line, tag) = (source[i], token.Tag!);
        if (fence is not null) AppendBare(line);
        else if (facts != 0 && tag is Tag.Close close && close.Block == facts) EndFacts(line);
        else if (facts != 0 || IsInTable(source, i, tag)) Append(line.At, $"{line.Margin}| {line.Text} |");
        else if (tag is Tag.OpenPart { Name: "facts" }) StartFacts(line, tag);
        else AppendAlone(line);
    }

    /// <summary>In code the tag must not leave a line behind.</summary>
    void AppendBare(SourceLine line)
    {
        if (text.Length > 0) text.Length--;
        text.Append(line.Text).Append('\n');
    }

    void AppendAlone(SourceLine line)
    {
        isTable = false;
        guard.EndBlock();
        var blank = line.Margin.TrimEnd();
        Append(line.At, blank);
        Append(line.At, line.Margin + line.Text);
        Append(line.At, blank);
    }

    /// <summary>An opening tag is in the table if a row follows, the other tags of its block with it; rows always is.</summary>
    bool IsInTable(List<SourceLine> source, int i, Tag tag)
    {
        if (!isTable) return false;
        if (tag is Tag.Use { Name: "rows" }) return true;
        if (!tag.Opens) return inTable.Contains(tag.BlockNumber);
        var next = source.Skip(i + 1).FirstOrDefault(line => line.Alone is null);
        var isInside = next?.Text.AsSpan().TrimStart(" \t>").StartsWith("|") ?? false;
        if (isInside) inTable.Add(tag.BlockNumber);
        return isInside;
    }

    void StartFacts(SourceLine line, Tag tag)
    {
        facts = tag.BlockNumber;
        Append(line.At, line.Margin.TrimEnd());
        Append(line.At, $"{line.Margin}| {line.Text} | |");
        Append(line.At, $"{line.Margin}|---|---|");
    }

    void EndFacts(SourceLine line)
    {
        facts = 0;
        guard.EndBlock();
        Append(line.At, line.Margin.TrimEnd());
    }

    void AppendFact(SourceLine line)
    {
        var content = line.Text.AsSpan().TrimStart(" \t>");
        if (content.IsWhiteSpace()) return;
        var margin = line.Text[..^content.Length];
        var colon = line.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) problems.Refuse(line.At, "Each line of facts is a label, a colon and a value: Total: {{money total}}.");
        else Append(line.At, $"{margin}| {Cell(line.Text[margin.Length..colon])} | {Cell(line.Text[(colon + 1)..])} |");
    }

    static string Cell(string content) => content.Trim().Replace("|", "\\|", StringComparison.Ordinal);

    void Append(Place at, string line)
    {
        lines.Add((at, text.Length));
        text.Append(line).Append('\n');
    }
}
