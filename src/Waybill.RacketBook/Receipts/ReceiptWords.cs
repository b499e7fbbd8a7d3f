using System.Globalization;

namespace Waybill.RacketBook.Receipts;

/// <summary>What is printed on every receipt of a language. Swiss spelling; amounts are in francs in both.</summary>
sealed record ReceiptWords
{
    static readonly ReceiptWords English = new()
    {
        Language = "en-GB",
        Title = "Receipt",
        Number = "Receipt no.",
        Client = "Client",
        Racket = "Racket",
        Main = "Mains",
        Cross = "Crosses",
        Same = "same as mains",
        Gauge = "Gauge",
        Tension = "Tension",
        Pattern = "Pattern",
        HeadSize = "Head size",
        Serial = "Serial",
        OwnString = "own string",
        Labour = "Labour",
        Total = "Total",
        Ordered = "Ordered",
        Strung = "Strung",
        DynamicTension = "Dynamic tension",
        Comment = "Comment",
        NoVat = "Not VAT-registered",
        Colour = "Colour",
        Strings = "Strings",
        Prices = "Prices",
        Business = "Stringer",
        File = "receipt",
        Day = "d MMM yyyy",
        Logo = "Logo of {0}",
    };

    static readonly ReceiptWords German = new()
    {
        Language = "de-CH",
        Title = "Quittung",
        Number = "Quittung Nr.",
        Client = "Kunde",
        Racket = "Schläger",
        Main = "Längs",
        Cross = "Quer",
        Same = "wie längs",
        Gauge = "Stärke",
        Tension = "Härte",
        Pattern = "Muster",
        HeadSize = "Kopfgrösse",
        Serial = "Seriennummer",
        OwnString = "eigene Saite",
        Labour = "Arbeit",
        Total = "Total",
        Ordered = "Bestellt",
        Strung = "Bespannt",
        DynamicTension = "Dynamische Härte",
        Comment = "Bemerkung",
        NoVat = "Nicht mehrwertsteuerpflichtig.",
        Colour = "Farbe",
        Strings = "Saiten",
        Prices = "Preise",
        Business = "Bespanner",
        File = "quittung",
        Day = "dd.MM.yyyy",
        Logo = "Logo von {0}",
    };

    internal required string Language { get; init; }

    internal required string Title { get; init; }

    internal required string Number { get; init; }

    internal required string Client { get; init; }

    internal required string Racket { get; init; }

    internal required string Strings { get; init; }

    internal required string Main { get; init; }

    internal required string Cross { get; init; }

    internal required string Same { get; init; }

    internal required string Gauge { get; init; }

    internal required string Tension { get; init; }

    internal required string Colour { get; init; }

    internal required string Pattern { get; init; }

    internal required string HeadSize { get; init; }

    internal required string Serial { get; init; }

    internal required string OwnString { get; init; }

    internal required string Prices { get; init; }

    internal required string Labour { get; init; }

    internal required string Total { get; init; }

    internal required string Ordered { get; init; }

    internal required string Strung { get; init; }

    internal required string DynamicTension { get; init; }

    internal required string Comment { get; init; }

    internal required string Business { get; init; }

    internal required string NoVat { get; init; }

    internal required string Logo { get; init; }

    internal required string File { get; init; }

    internal required string Day { get; init; }

    /// <summary>Those of a locale; of one that is not known: English.</summary>
    internal static ReceiptWords Of(string locale) => locale == "de" ? German : English;

    internal string Date(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>An amount; a dash where nothing is charged.</summary>
    internal static string Amount(decimal? amount) => amount is { } value ? Francs.Of(value).ToString() : "–";

    internal static string Measure(decimal measure) => measure.ToString("0.##", CultureInfo.InvariantCulture);
}
