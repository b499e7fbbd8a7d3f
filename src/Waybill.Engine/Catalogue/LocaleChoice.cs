namespace Waybill.Engine.Catalogue;

/// <summary>
/// Picks a template's locale: the one asked for, its language, the brand's, its language, English, the one it was written in.
/// </summary>
public static class LocaleChoice
{
    /// <summary>The text that is used.</summary>
    /// <param name="content">What there is.</param>
    /// <param name="wanted">What was asked for; null: nothing.</param>
    /// <param name="brand">The brand's locale.</param>
    public static TemplateText Pick(TemplateContent content, string? wanted, string brand)
    {
        foreach (var locale in (ReadOnlySpan<string?>)[wanted, Language(wanted), brand, Language(brand), "en"])
            if (locale is not null && Find(content, locale) is { } text) return text;
        return content.Texts[0];
    }

    /// <summary>
    /// Whether a text is a language tag as we know them: <c>de</c>, <c>de-CH</c>, <c>zh-Hant-TW</c> (RFC 5646 without its rarer parts).
    /// </summary>
    public static bool IsLocale(string text) =>
        text.Length is >= 2 and <= 35
        && text.Split('-') is [{ Length: 2 or 3 } language, .. var rest]
        && language.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));

    static TemplateText? Find(TemplateContent content, string locale) =>
        content.Texts.FirstOrDefault(text => string.Equals(text.Locale, locale, StringComparison.OrdinalIgnoreCase));

    static string? Language(string? locale) => locale?.Split('-')[0];
}
