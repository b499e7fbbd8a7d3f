namespace Waybill.Templates;

/// <summary>What of a brand is seen in a mail.</summary>
public sealed record BrandFace
{
    /// <summary>Stands at the top, and as the signature.</summary>
    public required string Name { get; init; }

    /// <summary>Of the button, the rule at the top and, darkened or lightened until they can be read, links.</summary>
    public required BrandColour Colour { get; init; }

    /// <summary>Stands in place of the name at the top; null: the name.</summary>
    public LogoFace? Logo { get; init; }

    /// <summary>A sentence under the name.</summary>
    public string? Intro { get; init; }

    /// <summary>The end of every mail, such as a postal address; its line breaks are kept.</summary>
    public string? Footer { get; init; }

    /// <summary>Where to ask by mail.</summary>
    public string? SupportEmail { get; init; }

    /// <summary>Where to ask on the web; http or https.</summary>
    public string? SupportUrl { get; init; }
}

/// <summary>A logo that travels inside the message.</summary>
/// <param name="ContentId">Without angle brackets.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="Alt">What it says.</param>
public sealed record LogoFace(string ContentId, int Width, int Height, string Alt);
