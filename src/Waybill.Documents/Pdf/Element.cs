namespace Waybill.Documents.Pdf;

/// <summary>A node of the tree that a screen reader walks: what something is, and which pieces of a page belong to it.</summary>
public sealed class Element
{
    readonly PdfBody body;
    readonly int parent;
    readonly StructureTag tag;
    readonly string? said;
    readonly List<string> kids = [];
    readonly List<Element> elements = [];

    internal Element(PdfBody body, StructureTag tag, int parent, string? said)
    {
        (this.body, this.tag, this.parent, this.said) = (body, tag, parent, said);
        Id = body.Reserve();
    }

    internal int Id { get; }

    /// <summary>A node within this one, after those it has.</summary>
    /// <param name="tag">What it is.</param>
    /// <param name="said">Of a picture: what it shows.</param>
    public Element Add(StructureTag tag, string? said = null)
    {
        var element = new Element(body, tag, Id, said);
        elements.Add(element);
        kids.Add($"{element.Id} 0 R");
        return element;
    }

    /// <summary>Takes a piece of a page.</summary>
    internal void Take(int page, int piece) => kids.Add($"<</Type/MCR/Pg {page} 0 R/MCID {piece}>>");

    internal string Name => tag.ToString();

    /// <summary>Writes this node and all below it.</summary>
    internal void Finish()
    {
        body.Add(Id, $"<</Type/StructElem/S/{Name}/P {parent} 0 R/K[{string.Join(' ', kids)}]{Attributes()}>>");
        foreach (var element in elements) element.Finish();
    }

    string Attributes() => tag switch
    {
        StructureTag.TH => "/A<</O/Table/Scope/Row>>",
        StructureTag.Figure => $"/Alt{PdfText.String(said ?? "")}",
        _ => "",
    };
}
