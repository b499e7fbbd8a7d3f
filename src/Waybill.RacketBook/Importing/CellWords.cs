using System.Globalization;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// What a cell holds, as the readers of API and forms want it: days as 2026-04-21, numbers with a point, flags as true and false.
/// </summary>
static class CellWords
{
    const int Days1904 = 1_462;
    const double LastDay = 2_958_465; // 31 December 9999

    static readonly string[] DayForms = ["yyyy-MM-dd", "d.M.yyyy", "dd.MM.yyyy", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];
    static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>Says it for a field; what is not understood stays as it is, for the reader of that field to refuse.</summary>
    internal static string Of(SheetCell cell, string field, bool countsFrom1904)
    {
        var text = cell.Text.Trim();
        if (field.EndsWith("_at", StringComparison.Ordinal)) return cell.IsNumber ? Day(text, countsFrom1904) : Day(text);
        if (field is "self" || field.EndsWith("_byo", StringComparison.Ordinal)) return Flag(text);
        return cell.IsNumber ? Number(text) : text;
    }

    static string Day(string text, bool countsFrom1904)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)) return text;
        days = Math.Floor(days) + (countsFrom1904 ? Days1904 : 0);
        return days is >= 1 and <= LastDay ? Iso(DayZero.AddDays((int)days)) : text;
    }

    static string Day(string text) =>
        DateTime.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? Iso(DateOnly.FromDateTime(moment))
            : text;

    static string Flag(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "y" or "ja" or "x" or "1" or "true" or "wahr" or "byo" => "true",
        "no" or "n" or "nein" or "-" or "0" or "false" or "falsch" => "false",
        _ => text,
    };

    /// <summary>A binary fraction is rounded where nobody typed that many decimals.</summary>
    static string Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e12
        ? ((decimal)Math.Round(number, 6)).ToString("0.######", CultureInfo.InvariantCulture)
        : text;

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
