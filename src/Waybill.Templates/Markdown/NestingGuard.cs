using Waybill.Templates.Language;

namespace Waybill.Templates.Markdown;

/// <summary>
/// Refuses Markdown that would keep its parser busy for long or make it call itself too often, before the parser sees it. No letter comes
/// near these limits.
/// </summary>
internal sealed class NestingGuard(Problems problems)
{
    /// <summary>Signs of emphasis, links and code, and cells, of one block.</summary>
    const int MaxSigns = 2_000;

    const int MaxBlock = 32 * 1024;

    int signs;
    int size;
    int brackets;
    bool isTold;

    public void Look(SourceLine line)
    {
        if (line.Text.AsSpan().IsWhiteSpace())
        {
            EndBlock();
            return;
        }

        if (ListMarker.Depth(line.Text) > TemplateLimits.Depth)
        {
            Tell(line, $"Lists and quotations are nested more than {TemplateLimits.Depth} deep here: indent less.");
        }

        size += line.Text.Length;
        foreach (var sign in line.Text) Count(sign);
        if (signs > MaxSigns)
        {
            Tell(
                line,
                $"More than {MaxSigns} signs such as *, _, [, ` and | without a blank line between: put blank lines in, or \\ before signs that are meant as they stand.");
        }

        if (brackets > TemplateLimits.Depth)
        {
            Tell(line, $"Brackets are nested more than {TemplateLimits.Depth} deep here: write \\[ for those that are no link.");
        }

        if (size > MaxBlock) Tell(line, $"More than {MaxBlock / 1024} KiB without a blank line: put blank lines between paragraphs.");
    }

    public void EndBlock() => (signs, size, brackets) = (0, 0, 0);

    void Count(char sign)
    {
        if (sign is '*' or '_' or '[' or ']' or '`' or '|' or '<' or '!' or '&' or '(' or '~') signs++;
        if (sign == '[') brackets++;
        else if (sign == ']' && brackets > 0) brackets--;
    }

    void Tell(SourceLine line, string message)
    {
        if (!isTold) problems.Refuse(line.At, message);
        isTold = true;
    }
}
