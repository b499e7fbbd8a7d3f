namespace Waybill.Templates.Language;

/// <summary>Makes tags of what stands between braces; numbers blocks, so that one reader serves a whole template.</summary>
internal sealed class TagReader(Problems problems)
{
    static readonly Dictionary<string, BlockKind> Blocks = new(StringComparer.Ordinal)
    {
        ["if"] = BlockKind.If,
        ["unless"] = BlockKind.Unless,
        ["each"] = BlockKind.Each,
        ["with"] = BlockKind.With,
    };

    int blocks;

    public int NextBlock() => ++blocks;

    /// <summary>Null: a comment, or what was told as a problem.</summary>
    public Tag? Read(string content, Place tag, Place at)
    {
        var skip = content.Length - content.AsSpan().TrimStart().Length;
        var (sign, place) = (skip < content.Length ? content[skip] : '\0', at.After(content.AsSpan(0, skip)));
        var rest = new ExpressionReader(
            skip < content.Length ? content[(skip + 1)..] : "", place with { Column = place.Column + 1 }, problems);
        switch (sign)
        {
            case '!': return null;
            case '#': return ReadOpen(content[(skip + 1)..], tag, place);
            case '/': return ReadClose(rest, tag);
            case '>': return ReadUse(rest, tag);
            case '^' or '&' or '*' or '~': return Refuse(tag, Unknown(sign));
            case '\0': return Refuse(tag, "This tag is empty: write a path in it, or \\{{ for two braces that are no tag.");
            default: return IsElse(content) ? ReadElse(content, skip, tag, place) : ReadOutput(content, tag, at);
        }
    }

    static string Unknown(char sign) => sign switch
    {
        '^' => "{{^}} is not part of the language: write {{else}}, or {{#unless}} for a block.",
        '&' => "{{& }} is not part of the language: every value is escaped; write {{path}}.",
        '~' => "{{~ is not part of the language: a block tag on a line of its own takes the line with it.",
        _ => "Decorators are not part of the language.",
    };

    Tag? Refuse(Place at, string message)
    {
        problems.Refuse(at, message);
        return null;
    }

    Tag.Output? ReadOutput(string content, Place at, Place inside)
    {
        var value = new ExpressionReader(content, inside, problems).ReadWhole();
        return value is null ? null : new Tag.Output(at, value);
    }

    Tag? ReadOpen(string content, Place at, Place sign)
    {
        var isPart = content.StartsWith('>');
        var reader = new ExpressionReader(isPart ? content[1..] : content, sign with { Column = sign.Column + (isPart ? 2 : 1) }, problems);
        var name = reader.ReadName();
        if (isPart) return ReadOpenPart(reader, name, at);
        if (name is null || !Blocks.TryGetValue(name, out var kind)) return RefuseBlock(name, at);
        var subject = reader.ReadWhole();
        return new Tag.Open(at, kind, subject ?? Nothing(at), NextBlock());
    }

    /// <summary>Stands for what could not be read, so that the tag that closes it is not called a stray.</summary>
    static Expression.Constant Nothing(Place at) => new(at, default);

    Tag.OpenPart? ReadOpenPart(ExpressionReader reader, string? name, Place at)
    {
        if (name is not null) return new Tag.OpenPart(at, name, reader.ReadParameters() ?? [], NextBlock());
        problems.Refuse(at, "The name of the part is missing: {{#> facts}}.");
        return null;
    }

    Tag? RefuseBlock(string? name, Place at) => name is null
        ? Refuse(at, "The name of the block is missing: the language has {{#if}}, {{#unless}}, {{#each}} and {{#with}}.")
        : Refuse(
            at,
            $"There is no block called {name}: the language has if, unless, each and with; a part that holds text is written {{{{#> {name}}}}}.");

    Tag? ReadClose(ExpressionReader reader, Place at)
    {
        var name = reader.ReadName();
        return name is not null && reader.IsAtEnd ? new Tag.Close(at, name) : Refuse(at, "A closing tag holds one name: {{/if}}.");
    }

    Tag? ReadUse(ExpressionReader reader, Place at)
    {
        if (reader.ReadName() is not { } name) return Refuse(at, "The name of the partial is missing: {{> signature}}.");
        var context = reader.IsAtEnd || reader.IsAtParameter() ? null : reader.ReadOperand();
        return reader.ReadParameters() is { } parameters ? new Tag.Use(at, name, context, parameters) : null;
    }

    static bool IsElse(string content)
    {
        var word = content.AsSpan().Trim();
        return word.StartsWith("else") && (word.Length == 4 || char.IsWhiteSpace(word[4]));
    }

    Tag? ReadElse(string content, int skip, Place at, Place word)
    {
        var place = word with { Column = word.Column + 4 };
        var reader = new ExpressionReader(content[(skip + 4)..], place, problems);
        if (reader.IsAtEnd) return new Tag.Else(at, null);
        if (reader.ReadName() is not "if") return Refuse(place, "After else may stand nothing, or if and a condition: {{else if paid}}.");
        return reader.ReadWhole() is { } condition ? new Tag.Else(at, condition) : null;
    }
}
