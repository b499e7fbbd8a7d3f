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
    internal Element Figure(string said) => element.Add(StructureTag.Figure, said);

    /// <summary>A heading of its own, with a rule under it.</summary>
    internal void Heading(string text)
    {
        Lines(text, Styles.Heading, 1, StructureTag.H2);
        page.Line((left, Y + 2), (left + width, Y + 2), 0.75);
        Y += 8;
    }

    /// <summary>A text in as many lines as it takes, but no more than it may.</summary>
    internal void Lines(string text, TextStyle style, int most, StructureTag tag = StructureTag.P)
    {
        var paragraph = element.Add(tag);
        foreach (var line in Paragraph.Break(text, style, width, most))
        {
            Y += style.Size * Styles.Leading;
            page.Text(left, Y - style.Size * 0.25, line, style, paragraph);
        }
    }

    /// <summary>Rows of what something is called and what it is.</summary>
    internal void Table(IEnumerable<(string Name, string Value)> rows)
    {
        var table = element.Add(StructureTag.Table);
        foreach (var (name, value) in rows)
        {
            var cell = Row(table, name);
            var lines = Paragraph.Break(value, Styles.Text, width - Styles.NameWidth, most: 3);
            for (var i = 0; i < lines.Count; i++)
            {
                if (i > 0) Y += Styles.Text.Size * Styles.Leading;
                page.Text(left + Styles.NameWidth, Baseline, lines[i], Styles.Text, cell);
            }
        }
    }

    /// <summary>Rows of amounts, which end at the right edge.</summary>
    internal void Amounts(TextStyle style, params IEnumerable<(string Name, string Amount)> rows)
    {
        var table = element.Add(StructureTag.Table);
        foreach (var (name, amount) in rows)
        {
            var cell = Row(table, name);
            page.Text(left + width - style.Face.WidthOf(amount, style.Size), Baseline, amount, style, cell);
        }
    }

    /// <summary>Begins a row with what it is about, and gives the cell for the rest.</summary>
    Element Row(Element table, string name)
    {
        Y += Styles.Text.Size * Styles.Leading;
        var row = table.Add(StructureTag.TR);
        page.Text(left, Baseline, Paragraph.Cut(name, Styles.Name, Styles.NameWidth - Gap), Styles.Name, row.Add(StructureTag.TH));
        return row.Add(StructureTag.TD);
    }

    double Baseline => Y - Styles.Text.Size * 0.25;
}
