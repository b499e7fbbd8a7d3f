using System.Text;
using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>A line of Markdown: text with placeholders, or a tag that has it for itself.</summary>
internal sealed record SourceLine(Place At, string Margin, string Text, Token? Alone);

/// <summary>Puts tokens together to lines. The lines of a partial get the margin of its use, so that it can stand in a list.</summary>
internal sealed class SourceLines(Placeholders placeholders)
{
    readonly List<SourceLine> lines = [];
    readonly StringBuilder line = new();
    readonly Stack<string> margins = new();
    Place? start;

    public static List<SourceLine> Read(IReadOnlyList<Token> tokens, Placeholders placeholders)
    {
        var read = new SourceLines(placeholders);
        foreach (var token in tokens)
        {
            if (token.Tag is null) read.AddText(token);
            else if (token.Margin is not null) read.AddAlone(token, token.Margin);
            else read.AddInline(token);
        }

        read.EndLine();
        return read.lines;
    }

    void AddText(Token token)
    {
        var place = token.At;
        for (int from = 0, end; from < token.Text.Length; from = end + 1)
        {
            start ??= place;
            end = token.Text.IndexOf('\n', from);
            _ = line.Append(token.Text, from, (end < 0 ? token.Text.Length : end) - from);
            if (end < 0) return;
            EndLine();
            place = place with { Line = place.Line + 1, Column = 1 };
        }
    }

    void AddInline(Token token)
    {
        start ??= token.At;
        _ = line.Append(placeholders.Add(token));
    }

    void AddAlone(Token token, string margin)
    {
        EndLine();
        if (token.Tag is Tag.Close { Name: "partial" } && margins.Count > 0) margins.Pop();
        lines.Add(new(token.At, Margin + margin, placeholders.Add(token), token));
        if (token.Tag is Tag.OpenScope) margins.Push(margin);
    }

    string Margin => string.Concat(margins.Reverse());

    void EndLine()
    {
        if (start is { } at) lines.Add(new(at, "", line.Length == 0 ? "" : Margin + line, null));
        line.Clear();
        start = null;
    }
}
