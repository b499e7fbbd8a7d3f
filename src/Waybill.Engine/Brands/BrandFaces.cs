using Waybill.Templates;

namespace Waybill.Engine.Brands;

/// <summary>What the layout shows of a brand.</summary>
public static class BrandFaces
{
    /// <summary>The content id of a brand's logo in its mails.</summary>
    public const string LogoContentId = "logo";

    /// <summary>The colour of a brand that chose none.</summary>
    public static BrandColour Standard { get; } = Colour(BrandIdentity.StandardColour);

    /// <summary>A brand's face.</summary>
    public static BrandFace Of(Brand brand) => new()
    {
        Name = brand.Identity.Name,
        Colour = Colour(brand.Identity.Colour),
        Logo = brand.Logo is { } logo ? new(LogoContentId, logo.Width, logo.Height, brand.Identity.Name) : null,
        Intro = brand.Identity.Intro,
        Footer = brand.Identity.Footer,
        SupportEmail = brand.Identity.SupportEmail,
        SupportUrl = brand.Identity.SupportUrl,
    };

    static BrandColour Colour(string text) =>
        BrandColour.TryParse(text, out var colour, out var problem) ? colour : throw new InvalidDataException(problem);
}
