using Waybill.Templates.Language;

namespace Waybill.Templates.Markup;

/// <summary>Which elements are open, so that a block ends in the element in which it begins.</summary>
internal sealed class ElementStack(Problems problems)
{
    const int MaxDepth = 256;

    readonly List<string> elements = [];
    readonly Stack<(Tag Tag, int Depth)> blocks = new();

    int Floor => blocks.TryPeek(out var block) ? block.Depth : 0;

    public void Open(HtmlEvent.Start start)
    {
        if (start.IsSelfClosing || HtmlRules.Empty.Contains(start.Name)) return;
        if (elements.Count == MaxDepth) problems.Refuse(start.At, $"Elements are nested more than {MaxDepth} deep here.");
        elements.Add(start.Name);
    }

    /// <summary>An end without a beginning is no matter: browsers leave it out of account.</summary>
    public void Close(HtmlEvent.End end)
    {
        var found = elements.LastIndexOf(end.Name);
        if (found < 0) return;
        if (found >= Floor) elements.RemoveRange(found, elements.Count - found);
        else
            problems.Refuse(
                end.At,
                $"</{end.Name}> ends an element that began before the block of line {blocks.Peek().Tag.At.Line}: a block holds whole elements.");
    }

    public void Open(Tag tag) => blocks.Push((tag, elements.Count));

    /// <summary>At {{else}} and at the end of a block.</summary>
    public void Settle(Tag tag, bool isEnd)
    {
        if (!blocks.TryPeek(out var block)) return;
        while (elements.Count > block.Depth && HtmlRules.EndByThemselves.Contains(elements[^1])) elements.RemoveAt(elements.Count - 1);
        if (elements.Count > block.Depth)
        {
            problems.Refuse(
                tag.At,
                $"<{elements[^1]}> began in the block of line {block.Tag.At.Line} and is not closed in it: a block holds whole elements.");
            elements.RemoveRange(block.Depth, elements.Count - block.Depth);
        }

        if (isEnd) blocks.Pop();
    }
}
