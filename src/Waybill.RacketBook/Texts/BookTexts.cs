using Waybill.Screens.Texts;

namespace Waybill.RacketBook.Texts;

/// <summary>What RacketBook says, in English and German.</summary>
static class BookTexts
{
    static readonly Wording English = Wording.Read(Wording.English, typeof(FieldFault).Assembly, typeof(BookTexts).Assembly);
    static readonly Wording German = Wording.Read("de", typeof(FieldFault).Assembly, typeof(BookTexts).Assembly);

    /// <summary>Those of a language; of one that is not spoken here: English.</summary>
    internal static Wording Of(string locale) => locale == "de" ? German : English;

    /// <summary>What is wrong, in a language.</summary>
    internal static string Say(this FieldFault fault, string locale) => fault.Say(Of(locale));
}
