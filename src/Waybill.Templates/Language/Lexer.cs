namespace Waybill.Templates.Language;

/// <summary>
/// Cuts a source into text and tags. A tag that prints nothing and has its line for itself takes the line with it, as in Handlebars.
/// </summary>
internal sealed class Lexer(string source, Place start, bool isMarkdown, TagReader tags, Problems problems)
{
    readonly string source = Normalized(source);
    readonly List<Token> tokens = [];
    int read;
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
        for (var at = 0; at < source.Length && !problems.AreTooMany && read <= TemplateLimits.Tags;)
        {
            var brace = source.IndexOf("{{", at, StringComparison.Ordinal);
            if (brace < 0) brace = source.Length;
            at = brace > at && brace < source.Length && source[brace - 1] == '\\' ? ReadEscaped(at, brace) : ReadTag(at, brace);
        }

        if (read > TemplateLimits.Tags)
        {
            problems.Refuse(
                place,
                FormattableString.Invariant(
                    $"The source has more than {TemplateLimits.Tags:N0} tags: go through lists with {{{{#each}}}}."));
        }

        return tokens;
    }

    /// <summary>\{{ is two braces; \\{{ is a backslash and a tag.</summary>
    int ReadEscaped(int from, int brace)
    {
        read++;
        AddText(PlaceOf(from), from, brace - 1);
        if (brace - 2 >= from && source[brace - 2] == '\\') return ReadTag(brace, brace);
        var next = source.IndexOf("{{", brace + 2, StringComparison.Ordinal);
        var end = next < 0 ? source.Length : next;
        while (next >= 0 && source[end - 1] == '\\') end--;
        AddText(PlaceOf(brace), brace, end);
        return end;
    }

    int ReadTag(int from, int open)
    {
        read++;
        var (textAt, tagAt) = (PlaceOf(from), PlaceOf(open));
        if (open == source.Length || FindEnd(open, tagAt) is not { } found)
        {
            AddText(textAt, from, source.Length);
            return source.Length;
        }

        var (content, end) = found;
        var tag = tags.Read(source[content], tagAt, PlaceOf(content.Start.Value));
        var margin = tag is Tag.Output ? null : MarginOf(from, open, end);
        AddText(textAt, from, open - (margin?.Length ?? 0));
        if (tag is not null) tokens.Add(new(tagAt, "", tag, margin, end - open));
        return margin is null ? end : source.IndexOf('\n', end) is var line and >= 0 ? line + 1 : source.Length;
    }

    /// <summary>Where the tag's content stands and where the tag ends.</summary>
    (Range Content, int End)? FindEnd(int open, Place at)
    {
        var rest = source.AsSpan(open);
        var (skip, closing) = rest switch
        {
            _ when rest.StartsWith("{{!--") => (2, "--}}"),
            _ when rest.StartsWith("{{{") => (3, "}}}"),
            _ => (2, "}}"),
        };
        var end = rest.Length > skip && rest[skip] is '!'
            ? source.IndexOf(closing, open + skip, StringComparison.Ordinal)
            : EndOutsideStrings(open + skip, closing);
        if (end < 0)
        {
            problems.Refuse(at, $"This tag is never closed: write {closing} at its end, or \\{{{{ for two braces that are no tag.");
            return null;
        }

        return (new(open + skip, end), end + closing.Length);
    }

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

    /// <summary>
    /// What stands before a tag on its line, if it is nothing but space (and in Markdown the signs of a quotation), and nothing stands
    /// after it.
    /// </summary>
    string? MarginOf(int from, int open, int end)
    {
        var margin = source.AsSpan(from, open - from);
        var newline = margin.LastIndexOf('\n');
        if (newline < 0 && from > 0 && source[from - 1] != '\n') return null;
        margin = margin[(newline + 1)..];
        var rest = source.AsSpan(end).TrimStart(" \t");
        var isAlone = margin.IndexOfAnyExcept(isMarkdown ? " \t>" : " \t") < 0 && (rest.IsEmpty || rest[0] == '\n');
        return isAlone ? margin.ToString() : null;
    }

    void AddText(Place at, int from, int to)
    {
        if (to > from) tokens.Add(new(at, source[from..to], null, null, to - from));
    }

    /// <summary>Places are asked for in order, so each character is looked at once.</summary>
    Place PlaceOf(int at)
    {
        if (at > placed) (place, placed) = (place.After(source.AsSpan(placed, at - placed)), at);
        return place;
    }
}
