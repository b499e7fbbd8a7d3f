namespace Waybill.Documents.Pdf;

/// <summary>What a part of a document is to whoever hears it (ISO 32000-1 §14.8.4).</summary>
public enum StructureTag
{
    /// <summary>The whole.</summary>
    Document,

    /// <summary>A part with a heading.</summary>
    Sect,

    /// <summary>The title.</summary>
    H1,

    /// <summary>The heading of a part.</summary>
    H2,

    /// <summary>A paragraph.</summary>
    P,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A row of a table.</summary>
    TR,

    /// <summary>A cell that heads its row.</summary>
    TH,

    /// <summary>A cell.</summary>
    TD,

    /// <summary>A picture; it has a text that says what it shows.</summary>
    Figure,
}
