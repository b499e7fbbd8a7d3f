namespace Waybill.Templates.Wording;

/// <summary>How one locale writes dates and amounts, and the words of the layout. Our own: two machines must write the same mail.</summary>
internal sealed record Words
{
    static readonly Words English = new()
    {
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ShortMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        LongDate = "d MMMM yyyy",
        ShortDate = "d MMM yyyy",
        WeekdayDate = "dddd, d MMMM yyyy",
        Time = "HH:mm",
        Between = ", ",
        Thousands = ",",
        Decimal = ".",
        IsCurrencyFirst = true,
        Questions = "Questions? Write to",
        Unsubscribe = "Unsubscribe",
        Regards = "Kind regards",
    };

    static readonly Words American = English with
    {
        LongDate = "MMMM d, yyyy",
        ShortDate = "MMM d, yyyy",
        WeekdayDate = "dddd, MMMM d, yyyy",
        Time = "h:mm tt",
    };

    /// <summary>
    /// Of a language that we do not know: nothing that would stand in it as a foreign word, but for what the law asks for.
    /// </summary>
    static readonly Words Neutral = English with
    {
        LongDate = "yyyy-MM-dd",
        ShortDate = "yyyy-MM-dd",
        WeekdayDate = "yyyy-MM-dd",
        Between = " ",
        Questions = "",
        Regards = "",
    };

    static readonly Words German = new()
    {
        Months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        ShortMonths = ["Jan.", "Febr.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
        Days = ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        LongDate = "d. MMMM yyyy",
        ShortDate = "dd.MM.yyyy",
        WeekdayDate = "dddd, d. MMMM yyyy",
        Time = "HH:mm",
        Between = ", ",
        Thousands = ".",
        Decimal = ",",
        IsCurrencyFirst = false,
        Questions = "Fragen? Schreiben Sie an",
        Unsubscribe = "Abmelden",
        Regards = "Freundliche Grüße",
    };

    static readonly Words Swiss = German with
    {
        Thousands = "’",
        Decimal = ".",
        IsCurrencyFirst = true,
        Regards = "Freundliche Grüsse",
    };

    static readonly Dictionary<string, Words> ByLocale = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = English,
        ["en-US"] = American,
        ["de"] = German,
        ["de-CH"] = Swiss,
        ["de-LI"] = Swiss,
    };

    static readonly HashSet<string> RightToLeft = new(
        ["ar", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"], StringComparer.OrdinalIgnoreCase);

    public required string[] Months { get; init; }

    public required string[] ShortMonths { get; init; }

    public required string[] Days { get; init; }

    public required string LongDate { get; init; }

    public required string ShortDate { get; init; }

    public required string WeekdayDate { get; init; }

    public required string Time { get; init; }

    /// <summary>Stands between a date and a time.</summary>
    public required string Between { get; init; }

    public required string Thousands { get; init; }

    public required string Decimal { get; init; }

    public required bool IsCurrencyFirst { get; init; }

    public required string Questions { get; init; }

    public required string Unsubscribe { get; init; }

    public required string Regards { get; init; }

    /// <summary>The locale's own; its language's; none, where we do not know the language.</summary>
    public static Words For(string locale) =>
        ByLocale.GetValueOrDefault(locale) ?? ByLocale.GetValueOrDefault(LanguageOf(locale)) ?? Neutral;

    public static string DirectionOf(string locale) => RightToLeft.Contains(LanguageOf(locale)) ? "rtl" : "ltr";

    static string LanguageOf(string locale) => locale.Split('-', 2)[0];
}
