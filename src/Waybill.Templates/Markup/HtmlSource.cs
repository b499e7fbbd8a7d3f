using System.Text;
using Waybill.Templates.Language;
using Waybill.Templates.Markdown;

namespace Waybill.Templates.Markup;

/// <summary>HTML with a placeholder for each tag of the language.</summary>
internal sealed class HtmlSource
{
    readonly List<(int Start, Token Token)> pieces = [];
    int last = -1;
    int lastOffset;
    Place lastPlace;

    public HtmlSource(IReadOnlyList<Token> tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            pieces.Add((text.Length, token));
            _ = text.Append(token.Tag is null ? token.Text : Placeholders.Add(token));
        }

        Text = text.ToString();
    }

    public Placeholders Placeholders { get; } = new();

    public string Text { get; }

    /// <summary>Asked for in order it looks at each character once.</summary>
    public Place PlaceOf(int offset)
    {
        if (pieces.Count == 0) return new(1, 1);
        var (low, high) = (0, pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = pieces[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        if (low != last || offset < lastOffset) (last, lastOffset, lastPlace) = (low, pieces[low].Start, pieces[low].Token.At);
        var token = pieces[low].Token;
        var (from, to) = (Math.Min(lastOffset - pieces[low].Start, token.Text.Length),
            Math.Min(offset - pieces[low].Start, token.Text.Length));
        (lastOffset, lastPlace) = (offset, lastPlace.After(token.Text.AsSpan(from, to - from)));
        return lastPlace;
    }
}
