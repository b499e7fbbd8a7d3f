using Waybill.Templates.Language;
using Waybill.Templates.Wording;

namespace Waybill.Templates.Render;

/// <summary>What a rendering knows beside its data: the brand, the locale, the words of the layout.</summary>
internal sealed class MailFacets(BrandFace brand, RenderOptions options)
{
    public Words Words { get; } = Words.For(options.Locale);

    public TimeZoneInfo TimeZone => options.TimeZone;

    /// <summary>Known once it is rendered, before the other parts.</summary>
    public string Subject { get; set; } = "";

    public Value ValueOf(MailFact fact) => fact switch
    {
        MailFact.BrandName => Value.Of(brand.Name),
        MailFact.BrandColour => Value.Of(brand.Colour.Hex),
        MailFact.BrandInk => Value.Of(brand.Colour.Ink),
        MailFact.BrandLink => Value.Of(brand.Colour.Link),
        MailFact.BrandDarkLink => Value.Of(brand.Colour.DarkLink),
        MailFact.BrandIntro => Value.Of(brand.Intro),
        MailFact.BrandFooter => Value.Of(brand.Footer),
        MailFact.BrandSupportEmail => Value.Of(brand.SupportEmail),
        MailFact.BrandSupportUrl => Value.Of(brand.SupportUrl),
        MailFact.Locale => Value.Of(options.Locale),
        MailFact.Direction => Value.Of(Words.DirectionOf(options.Locale)),
        MailFact.Subject => Value.Of(Subject),
        MailFact.UnsubscribeUrl => Value.Of(options.UnsubscribeUrl),
        MailFact.WordQuestions => Value.Of(Words.Questions),
        MailFact.WordUnsubscribe => Value.Of(Words.Unsubscribe),
        MailFact.WordRegards => Value.Of(Words.Regards),
        _ => brand.Logo is { } logo ? ValueOf(logo, fact) : default,
    };

    static Value ValueOf(LogoFace logo, MailFact fact) => fact switch
    {
        MailFact.LogoSource => Value.Of($"cid:{logo.ContentId}"),
        MailFact.LogoWidth => Value.Of(logo.Width),
        MailFact.LogoHeight => Value.Of(logo.Height),
        _ => Value.Of(logo.Alt),
    };
}
