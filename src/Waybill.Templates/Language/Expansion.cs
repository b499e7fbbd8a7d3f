namespace Waybill.Templates.Language;

/// <summary>Reads a source and puts the text of partials in place of their uses.</summary>
internal sealed class Expansion(IReadOnlyDictionary<string, string> partials, Problems problems, bool isMarkdown)
{
    readonly TagReader tags = new(problems);
    readonly List<Token> expanded = [];
    readonly List<string> within = [];
    int size;
    int lines;
    int pieces;

    public List<Token> Read(string source, Place start)
    {
        Append(source, start);
        return expanded;
    }

    void Append(string source, Place start)
    {
        size += source.Length;
        lines += source.AsSpan().Count('\n');
        if (Excess() is { } excess)
        {
            problems.Refuse(start.InTemplate(), $"The source has more than {excess} with its partials: shorten it, or split the template.");
            return;
        }

        var tokens = new Lexer(source, start, isMarkdown, tags, problems).Read();
        pieces += tokens.Count;
        if (pieces > TemplateLimits.Tags * 2)
        {
            problems.Refuse(
                tokens[^1].At,
                FormattableString.Invariant($"The source has more than {TemplateLimits.Tags:N0} tags with its partials: use fewer."));
            return;
        }

        Balance.Settle(tokens, problems);
        for (var i = 0; i < tokens.Count; i++) Append(tokens[i], isLast: i == tokens.Count - 1);
    }

    void Append(Token token, bool isLast)
    {
        if (token.Tag is Tag.OpenPart { } part && !Parts.HoldText.Contains(part.Name)) problems.Refuse(part.At, Unknown(part.Name));
        if (token.Tag is not Tag.Use use || Parts.StandAlone.Contains(use.Name)) expanded.Add(token);
        else if (Complaint(use) is { } wrong) problems.Refuse(use.At, wrong);
        else AppendPartial(token, use, isLast);
    }

    string? Complaint(Tag.Use use)
    {
        if (Excess() is { } excess) return $"The source has more than {excess} with its partials: use fewer.";
        if (!partials.ContainsKey(use.Name)) return Unknown(use.Name);
        if (within.Contains(use.Name))
        {
            return $"The partial {use.Name} uses itself: {string.Join(" → ", within.SkipWhile(name => name != use.Name))} → {use.Name}. "
                + $"Take one use out.";
        }

        return within.Count == TemplateLimits.Partials
            ? $"Partials are nested more than {TemplateLimits.Partials} deep: {string.Join(" → ", within)}."
            : null;
    }

    void AppendPartial(Token token, Tag.Use use, bool isLast)
    {
        var block = tags.NextBlock();
        expanded.Add(token with { Tag = new Tag.OpenScope(use.At, use.Context, use.Parameters, block) });
        within.Add(use.Name);
        Append(partials[use.Name].TrimEnd('\r', '\n') + (token.Margin is null || isLast ? "" : "\n"), new(1, 1, new(use.Name, use.At)));
        within.RemoveAt(within.Count - 1);
        expanded.Add(token with { Tag = new Tag.Close(use.At, "partial", block), Length = 0 });
    }

    string? Excess() => size > TemplateLimits.Source ? $"{TemplateLimits.Source / 1024} KiB"
        : lines > TemplateLimits.Lines ? $"{TemplateLimits.Lines} lines"
        : pieces > TemplateLimits.Tags * 2 ? $"{TemplateLimits.Tags} tags" : null;

    string Unknown(string name) => Parts.HoldText.Contains(name)
        ? $"The part {name} holds text: write {{{{#> {name}}}}} before it and {{{{/{name}}}}} after it."
        : Parts.StandAlone.Contains(name)
            ? $"The part {name} holds no text: write {{{{> {name}}}}}."
            : $"There is no partial called {name}: there are "
                + $"{string.Join(", ", Parts.StandAlone.Union(Parts.HoldText).Union(partials.Keys.Take(20)).Order(StringComparer.Ordinal))}.";
}
