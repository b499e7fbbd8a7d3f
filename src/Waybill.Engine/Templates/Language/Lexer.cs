namespace Waybill.Engine.Templates.Language;

/// <summary>Cuts a source into text and tags. A tag that prints nothing and has its line for itself takes the line with it, as in Handlebars.</summary>
internal sealed class Lexer(string source, Place start, bool isMarkdown, TagReader tags, Problems problems)
{
    readonly string source = Normalized(source);
    readonly List<Token> tokens = [];
    Place place = start;
    int placed;

    /// <summary>With one kind of line end, and without halves of characters.</summary>
    static string Normalized(string source)
    {
        if (source.Contains('\r', StringComparison.Ordinal)) source = source.ReplaceLineEndings("\n");
        return source.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? source : string.Concat(source.EnumerateRunes());
    }

    public List<Token> Read()
    {
        for (var at = 0; at < source.Length && !problems.AreTooMany;)
        {
            var brace = source.IndexOf("{{", at, StringComparison.Ordinal);
            if (brace < 0) brace = source.Length;
            at = brace > 0 && brace < source.Length && source[brace - 1] == '\\' ? ReadEscaped(at, brace) : ReadTag(at, brace);
        }

        return tokens;
    }

    /// <summary>\{{ is two braces; \\{{ is a backslash and a tag.</summary>
    int ReadEscaped(int from, int brace)
    {
        if (brace - 2 >= from && source[brace - 2] == '\\')
        {
            AddText(from, brace - 1);
            return ReadTag(brace, brace);
        }

        AddText(from, brace - 1);
        var next = source.IndexOf("{{", brace + 2, StringComparison.Ordinal);
        var end = next < 0 ? source.Length : source[next - 1] == '\\' ? next - 1 : next;
        AddText(brace, end);
        return end;
    }

    int ReadTag(int from, int open)
    {
        if (open == source.Length || FindEnd(open) is not { } found)
        {
            AddText(from, source.Length);
            return source.Length;
        }

        var (content, end) = found;
        var tag = tags.Read(source[content], PlaceOf(content.Start.Value));
        if (tag is Tag.Output || MarginOf(from, open, end) is not { } margin)
        {
            AddText(from, open);
            AddTag(open, end, tag, null);
            return end;
        }

        AddText(from, open - margin.Length);
        AddTag(open, end, tag, margin);
        return Math.Min(source.IndexOf('\n', end) is var line and >= 0 ? line + 1 : source.Length, source.Length);
    }

    /// <summary>Where the tag's content stands and where the tag ends.</summary>
    (Range Content, int End)? FindEnd(int open)
    {
        var rest = source.AsSpan(open);
        var (skip, closing) = rest switch
        {
            _ when rest.StartsWith("{{!--") => (2, "--}}"),
            _ when rest.StartsWith("{{{") => (3, "}}}"),
            _ => (2, "}}"),
        };
        var end = rest[skip] is '!' ? Shift(source.IndexOf(closing, open + skip, StringComparison.Ordinal)) : EndOutsideStrings(open + skip, closing);
        if (end < 0)
        {
            problems.Refuse(PlaceOf(open), $"This tag is never closed: write {closing} at its end, or \\{{{{ for two braces that are no tag.");
            return null;
        }

        return (new(open + skip, end), end + closing.Length);
    }

    static int Shift(int found) => found;

    int EndOutsideStrings(int from, string closing)
    {
        for (var at = from; at < source.Length; at++)
        {
            if (source[at] is '"' or '\'')
            {
                at = source.IndexOf(source[at], at + 1);
                if (at < 0) return -1;
            }
            else if (source[at] == '}' && string.CompareOrdinal(source, at, closing, 0, closing.Length) == 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>What stands before a tag on its line, if it is nothing but space (and in Markdown the signs of a quotation), and nothing stands after it.</summary>
    string? MarginOf(int from, int open, int end)
    {
        var line = open == 0 ? 0 : source.LastIndexOf('\n', open - 1) + 1;
        if (line < from) return null;
        var margin = source.AsSpan(line, open - line);
        var rest = source.AsSpan(end);
        var newline = rest.IndexOf('\n');
        if (newline >= 0) rest = rest[..newline];
        var isAlone = margin.IndexOfAnyExcept(isMarkdown ? " \t>" : " \t") < 0 && rest.IndexOfAnyExcept(" \t") < 0;
        return isAlone ? margin.ToString() : null;
    }

    void AddText(int from, int to)
    {
        if (to > from) tokens.Add(new(PlaceOf(from), source[from..to], null, null, to - from));
    }

    void AddTag(int from, int to, Tag? tag, string? margin)
    {
        if (tag is not null) tokens.Add(new(PlaceOf(from), "", tag, margin, to - from));
    }

    /// <summary>Places are asked for in order, so each character is looked at once.</summary>
    Place PlaceOf(int at)
    {
        if (at > placed) (place, placed) = (place.After(source.AsSpan(placed, at - placed)), at);
        return at == placed ? place : start.After(source.AsSpan(0, at));
    }
}
