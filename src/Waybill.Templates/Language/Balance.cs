namespace Waybill.Templates.Language;

/// <summary>Whether every block of one source is closed by its own tag, and gives the tags that belong together the same number.</summary>
internal static class Balance
{
    public static void Settle(List<Token> tokens, Problems problems)
    {
        var open = new Stack<Tag>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Tag is not { } tag) continue;
            if (tag.Opens && !TryOpen(open, tag, problems)) return;
            if (tag is Tag.Close or Tag.Else) tokens[i] = tokens[i] with { Tag = Matched(open, tag, problems) };
        }

        foreach (var left in open)
            problems.Refuse(left.At, $"{{{{#{Opener(left)}}}}} is never closed: write {{{{/{NameOf(left)}}}}} where it ends.");
        tokens.RemoveAll(token => token.Tag is Tag.Close { Block: 0 } or Tag.Else { Block: 0 });
    }

    static bool TryOpen(Stack<Tag> open, Tag tag, Problems problems)
    {
        open.Push(tag);
        if (open.Count <= TemplateLimits.Depth) return true;
        open.Clear();
        problems.Refuse(tag.At, $"Blocks are nested more than {TemplateLimits.Depth} deep here: take some out, or move them to a partial.");
        return false;
    }

    static Tag Matched(Stack<Tag> open, Tag tag, Problems problems)
    {
        if (!open.TryPeek(out var opener))
        {
            problems.Refuse(
                tag.At,
                tag is Tag.Close stray
                    ? $"{{{{/{stray.Name}}}}} closes nothing: take it out, or open the block."
                    : "{{else}} stands in no block.");
            return tag;
        }

        return tag is Tag.Close close ? Closed(open, opener, close, problems) : Continued(opener, (Tag.Else)tag, problems);
    }

    static Tag.Close Closed(Stack<Tag> open, Tag opener, Tag.Close close, Problems problems)
    {
        open.Pop();
        if (!string.Equals(close.Name, NameOf(opener), StringComparison.Ordinal))
        {
            problems.Refuse(
                close.At,
                $"{{{{/{close.Name}}}}} stands where {{{{#{Opener(opener)}}}}} of line {opener.At.Line} must be closed: write {{{{/{NameOf(opener)}}}}}.");
        }

        return close with { Block = opener.BlockNumber };
    }

    static Tag.Else Continued(Tag opener, Tag.Else tag, Problems problems)
    {
        if (opener is not Tag.Open) problems.Refuse(tag.At, $"{{{{else}}}} cannot stand in the part {NameOf(opener)}.");
        else if (tag.Condition is not null && opener is Tag.Open { Kind: BlockKind.Each or BlockKind.With })
        {
            problems.Refuse(tag.At, "{{else if}} stands in {{#if}} and {{#unless}} only: put an {{#if}} into the {{else}}.");
        }

        return tag with { Block = opener.BlockNumber };
    }

    static string Opener(Tag tag) => tag is Tag.OpenPart part ? $"> {part.Name}" : NameOf(tag);

    public static string NameOf(Tag tag) => tag switch
    {
        Tag.Open { Kind: BlockKind.If } => "if",
        Tag.Open { Kind: BlockKind.Unless } => "unless",
        Tag.Open { Kind: BlockKind.Each } => "each",
        Tag.Open => "with",
        Tag.OpenPart part => part.Name,
        Tag.OpenScope => "partial",
        _ => "",
    };
}
