using System.Text;
using Waybill.Engine.Templates.Language;
using Waybill.Engine.Templates.Prose;

namespace Waybill.Engine.Templates.Markup;

/// <summary>HTML with a placeholder for each tag of the language.</summary>
internal sealed class HtmlSource
{
    readonly List<(int Start, Token Token)> pieces = [];

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

    public Place PlaceOf(int offset)
    {
        if (pieces.Count == 0) return new(1, 1);
        var (low, high) = (0, pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = pieces[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }

        var (start, token) = pieces[low];
        return token.At.After(token.Text.AsSpan(0, Math.Min(offset - start, token.Text.Length)));
    }
}
