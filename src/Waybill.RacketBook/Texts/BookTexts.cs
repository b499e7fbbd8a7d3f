using Waybill.Screens.Texts;

namespace Waybill.RacketBook.Texts;

/// <summary>What RacketBook says, in English and German.</summary>
static class BookTexts
{
    static readonly Wording English = Wording.Read(typeof(BookTexts).Assembly, Wording.English);
    static readonly Wording German = Wording.Read(typeof(BookTexts).Assembly, "de");

    /// <summary>Those of a language; of one that is not spoken here: English.</summary>
    internal static Wording Of(string locale) => locale == "de" ? German : English;
}
