using System.Text;
using Waybill.Documents.Fonts;
using Waybill.Documents.Pictures;

namespace Waybill.Documents.Pdf;

/// <summary>A page. Measures are points from its upper left corner, to the right and down.</summary>
public sealed class PdfPage
{
    readonly PdfDocument document;
    readonly double width, height;
    readonly StringBuilder content = new();
    readonly List<Element> parents = [];

    internal PdfPage(PdfDocument document, int id, double width, double height, int number)
    {
        (this.document, Id, this.width, this.height, Number) = (document, id, width, height, number);
    }

    internal int Id { get; }

    internal int Number { get; }

    internal string Parents => string.Join(' ', parents.Select(parent => $"{parent.Id} 0 R"));

    /// <summary>Sets one line of text.</summary>
    /// <param name="x">Where it begins.</param>
    /// <param name="baseline">What its letters stand on.</param>
    /// <param name="text">A line; what would break it is a blank.</param>
    /// <param name="style">How it is set.</param>
    /// <param name="element">What it belongs to.</param>
    public void Text(double x, double baseline, string text, TextStyle style, Element element)
    {
        Begin(element);
        content.Append("BT ").Append(PdfText.Number(style.Gray)).Append(" g 1 0 0 1 ").Append(Point(x, baseline)).Append(" Tm ");
        document.Use(style.Face).Set(Face.Settled(text), (font, codes) =>
            content.Append('/').Append(font).Append(' ').Append(PdfText.Number(style.Size)).Append(" Tf <").Append(codes).Append("> Tj "));
        content.Append("ET EMC\n");
    }

    /// <summary>Shows a picture.</summary>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="width">How wide it is shown.</param>
    /// <param name="height">How high it is shown.</param>
    /// <param name="picture">What is shown.</param>
    /// <param name="element">A <see cref="StructureTag.Figure"/>.</param>
    public void Picture(double x, double y, double width, double height, Picture picture, Element element)
    {
        Begin(element);
        content.Append("q ").Append(PdfText.Number(width)).Append(" 0 0 ").Append(PdfText.Number(height)).Append(' ')
            .Append(Point(x, y + height))
            .Append(" cm /").Append(document.Use(picture)).Append(" Do Q EMC\n");
    }

    /// <summary>Draws a line, which is for the eye only.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="thickness">In points.</param>
    /// <param name="gray">From 0, black, to 1, white.</param>
    /// <param name="dash">How long its dashes and the gaps between them are; 0: it has none.</param>
    public void Line((double X, double Y) from, (double X, double Y) to, double thickness, double gray = 0, double dash = 0) =>
        content.Append("/Artifact BMC q ").Append(PdfText.Number(thickness)).Append(" w ").Append(PdfText.Number(gray)).Append(" G ")
            .Append(dash > 0 ? $"[{PdfText.Number(dash)}] 0 d " : "").Append(Point(from.X, from.Y)).Append(" m ").Append(Point(to.X, to.Y))
            .Append(" l S Q EMC\n");

    internal void Finish(PdfBody body, int pages)
    {
        var stream = body.Reserve();
        body.AddStream(stream, "/Filter/FlateDecode", Compression.Fast(Encoding.ASCII.GetBytes(content.ToString())));
        body.Add(
            Id,
            $"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {PdfText.Number(width)} {PdfText.Number(height)}]/Contents {stream} 0 R"
            + $"/Resources{document.Resources()}/StructParents {Number}/Tabs/S>>");
    }

    void Begin(Element element)
    {
        content.Append('/').Append(element.Name).Append(" <</MCID ").Append(parents.Count).Append(">> BDC ");
        element.Take(Id, parents.Count);
        parents.Add(element);
    }

    string Point(double x, double y) => $"{PdfText.Number(x)} {PdfText.Number(height - y)}";
}
