using Waybill.Documents.Fonts;
using Waybill.Documents.Pdf;

namespace Waybill.RacketBook.Receipts;

/// <summary>A quarter of the paper, filled from its top.</summary>
sealed class Quadrant(PdfPage page, double left, double top, double width, Element element)
{
    internal const double Gap = 6;

    /// <summary>Where the next line goes.</summary>
    internal double Y { get; private set; } = top;

    internal double Left => left;

    internal double Width => width;

    internal void Skip(double points) => Y += points;

    /// <summary>A picture that says what it shows.</summary>
    internal Element Figure(string said) => element.Add(Tag.Figure, said);

    /// <summary>A heading of its own, with a rule under it.</summary>
    internal void Heading(string text)
    {
        Lines(text, Styles.Heading, 1, Tag.H2);
        page.Line((left, Y + 2), (left + width, Y + 2), 0.75);
        Y += 8;
    }

    /// <summary>A text in as many lines as it takes, but no more than it may.</summary>
    internal void Lines(string text, TextStyle style, int most, Tag tag = Tag.P)
    {
        var paragraph = element.Add(tag);
        foreach (var line in Paragraph.Break(text, style, width, most))
        {
            Y += style.Size * Styles.Leading;
            page.Text(left, Y - style.Size * 0.25, line, style, paragraph);
        }
    }

    /// <summary>Rows of what something is called and what it is.</summary>
    internal void Table(IEnumerable<(string Name, string Value, bool IsAmount)> rows)
    {
        var table = element.Add(Tag.Table);
        foreach (var (name, value, isAmount) in rows) Row(table.Add(Tag.TR), name, value, isAmount ? width : null);
    }

    void Row(Element row, string name, string value, double? right)
    {
        var at = Styles.NameWidth;
        Y += Styles.Text.Size * Styles.Leading;
        page.Text(left, Baseline, Paragraph.Cut(name, Styles.Name, at - Gap), Styles.Name, row.Add(Tag.TH));
        var cell = row.Add(Tag.TD);
        if (right is { } edge)
        {
            page.Text(left + edge - Face.Regular.WidthOf(value, Styles.Text.Size), Baseline, value, Styles.Text, cell);
            return;
        }

        var lines = Paragraph.Break(value, Styles.Text, width - at, most: 3);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0) Y += Styles.Text.Size * Styles.Leading;
            page.Text(left + at, Baseline, lines[i], Styles.Text, cell);
        }
    }

    double Baseline => Y - Styles.Text.Size * 0.25;
}
