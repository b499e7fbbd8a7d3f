namespace Waybill.Templates;

/// <summary>What a template may cost; docs/templates.md names each.</summary>
public static class TemplateLimits
{
    /// <summary>Characters of a source, its partials included.</summary>
    public const int Source = 256 * 1024;

    /// <summary>Tags, partials included.</summary>
    public const int Tags = 5_000;

    /// <summary>Elements of HTML and texts between them.</summary>
    public const int Elements = 10_000;

    /// <summary>Lines, partials included.</summary>
    public const int Lines = 6_000;

    /// <summary>Blocks inside blocks; Markdown's containers inside each other, too.</summary>
    public const int Depth = 32;

    /// <summary>Partials inside partials.</summary>
    public const int Partials = 8;

    /// <summary>Different partials that one template uses, those inside others included.</summary>
    public const int PartialsInAll = 50;

    /// <summary>Nodes walked, items counted, a large object searched counts for more.</summary>
    public const int Steps = 100_000;

    /// <summary>Characters of each part.</summary>
    public const int Output = 1024 * 1024;

    /// <summary>Problems after which a compiler stops telling.</summary>
    public const int Problems = 50;
}
