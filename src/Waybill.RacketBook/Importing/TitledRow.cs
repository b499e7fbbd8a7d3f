using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Waybill.RacketBook.Importing;

/// <summary>A row under its titles: what is asked of a form is asked of it, by the same readers.</summary>
sealed class TitledRow
{
    readonly SheetTitles titles;
    readonly Dictionary<string, StringValues> values = new(StringComparer.Ordinal);
    readonly List<BookFault> faults = [];

    internal TitledRow(SheetTitles titles, SheetRow row, bool countsFrom1904)
    {
        (this.titles, At) = (titles, new(titles.Sheet, row.Number));
        foreach (var (column, field) in titles.Fields)
            if (row.Cells.TryGetValue(column, out var cell)) Take(field, cell, countsFrom1904);
        Fields = Fields.From(new FormCollection(values));
    }

    internal SheetPlace At { get; }

    /// <summary>Its values.</summary>
    internal Fields Fields { get; }

    /// <summary>All that it says, in the order of the fields: rows that say the same have the same.</summary>
    internal string Content =>
        string.Join('\u001f', values.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"));

    /// <summary>What stands in a field; null: nothing.</summary>
    internal string? this[string field] =>
        values.TryGetValue(field, out var value) && value.ToString().Length > 0 ? value.ToString() : null;

    /// <summary>What is wrong with it, with the column's title.</summary>
    internal IEnumerable<RejectedRow> Rejections() =>
        faults.Concat(Fields.Faults).Select(fault => new RejectedRow(At, titles.TitleOf(fault.Field), Named(fault)));

    /// <summary>With the columns' titles where it speaks of other days.</summary>
    BookFault Named(BookFault fault) =>
        fault with
        {
            Arguments =
            [.. fault.Arguments.Select(one => one is string field && SheetShape.IsDay(field) ? titles.TitleOf(field) : one)]
        };

    internal void Wrong(BookFault fault) => faults.Add(fault);

    void Take(string field, SheetCell cell, bool countsFrom1904)
    {
        if (cell.IsFormula) faults.Add(new(field, "import.formula"));
        else if (cell.IsError) faults.Add(new(field, "import.error", cell.Text));
        else if (IsOwnString(field, cell)) values[field[..^"price".Length] + "byo"] = "true";
        else values[field] = CellWords.Of(cell, field, countsFrom1904);
    }

    /// <summary>Some wrote BYO where the price would stand.</summary>
    static bool IsOwnString(string field, SheetCell cell) =>
        field.EndsWith("_price", StringComparison.Ordinal) && cell.Text.Trim().Equals("BYO", StringComparison.OrdinalIgnoreCase);
}
