namespace Waybill.Templates.Language;

/// <summary>What a template knows about the mail without being given it as data.</summary>
internal enum MailFact
{
    BrandName,
    BrandColour,
    BrandInk,
    BrandLink,
    BrandDarkLink,
    BrandIntro,
    BrandFooter,
    BrandSupportEmail,
    BrandSupportUrl,
    LogoSource,
    LogoWidth,
    LogoHeight,
    LogoAlt,
    Locale,
    Direction,
    Subject,
    UnsubscribeUrl,
    WordQuestions,
    WordUnsubscribe,
    WordRegards,
}

/// <summary>How templates write them.</summary>
internal static class MailFacts
{
    public static readonly Dictionary<string, MailFact> ByName = new(StringComparer.Ordinal)
    {
        ["brand.name"] = MailFact.BrandName,
        ["brand.colour"] = MailFact.BrandColour,
        ["brand.ink"] = MailFact.BrandInk,
        ["brand.link"] = MailFact.BrandLink,
        ["brand.darkLink"] = MailFact.BrandDarkLink,
        ["brand.intro"] = MailFact.BrandIntro,
        ["brand.footer"] = MailFact.BrandFooter,
        ["brand.supportEmail"] = MailFact.BrandSupportEmail,
        ["brand.supportUrl"] = MailFact.BrandSupportUrl,
        ["brand.logo"] = MailFact.LogoSource,
        ["brand.logoWidth"] = MailFact.LogoWidth,
        ["brand.logoHeight"] = MailFact.LogoHeight,
        ["brand.logoAlt"] = MailFact.LogoAlt,
        ["locale"] = MailFact.Locale,
        ["direction"] = MailFact.Direction,
        ["subject"] = MailFact.Subject,
        ["unsubscribeUrl"] = MailFact.UnsubscribeUrl,
        ["words.questions"] = MailFact.WordQuestions,
        ["words.unsubscribe"] = MailFact.WordUnsubscribe,
        ["words.regards"] = MailFact.WordRegards,
    };

    /// <summary>What can be nothing but a colour, and so may stand in a style.</summary>
    public static bool IsColour(MailFact fact) =>
        fact is MailFact.BrandColour or MailFact.BrandInk or MailFact.BrandLink or MailFact.BrandDarkLink;
}
