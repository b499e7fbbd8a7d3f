using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Specs.Receipts;

/// <summary>Receipts of the specs.</summary>
static class MadeReceipt
{
    internal static Receipt Usual { get; } = new()
    {
        Locale = "en",
        Number = "2026-0042",
        Business = new("Court Side Strings", ["Seestrasse 12, 8002 Zürich", "+41 44 000 00 00", "ann@strings.example", "strings.example"]),
        Client = "Ann Meier",
        Racket = new("Wilson", "Blade 98", 98, "16x19", "PA98_2023_45"),
        Main = new("Babolat", "RPM Blast", "1.25", 24, 18.5m, IsClients: false),
        Cross = new("Luxilon", "Alu Power", "1.30", 23, 0, IsClients: true),
        Labour = 25,
        Ordered = new(2026, 4, 20),
        Strung = new(2026, 4, 21),
        DynamicTension = 36.5m,
        Comment = "Grommets worn at 3 o'clock: replace them next time.",
    };

    /// <summary>The longest that is realistic, in the scripts that the font has.</summary>
    internal static Receipt Longest { get; } = Usual with
    {
        Locale = "de",
        Number = "2026-10000",
        Business =
            new(
                "Bespannungswerkstatt Österreich-Schweizerische Tennisfreunde am Zürichsee Süd AG",
                [.. Enumerable.Range(1, 6).Select(i => $"Eine Zeile {i} mit einer langen Anschrift, Hinterhaus, zweiter Stock links")]),
        Client = "Αλεξάνδρα Παπαδοπούλου-Κωνσταντινίδου von Ђорђевић-Щербаков",
        Racket =
            new(
                "Wilson", "Pro Staff Rf97 Autograph Laver Cup Limited Edition Countervail", 97.5m, "16x19",
                "PROSTAFF_RF97_LAVERCUP_2023_000045"),
        Main =
            new(
                "Babolat", "RPM Blast Rough Natural Gut Hybrid Special Edition", "1.25/16", 24.5m, 1234.5m, IsClients: false,
                "Schwarz mit gelben Streifen"),
        Cross = new("Luxilon", "Alu Power Rough Vibe Champions Choice Natural", "1.30/16L", 23.25m, 999.95m, IsClients: false, "Silber"),
        Labour = 125,
        Comment = string.Join(' ', Enumerable.Repeat("Die Ösen auf drei Uhr sind abgenutzt und sollten ersetzt werden.", 14)),
    };
}
