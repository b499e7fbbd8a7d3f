
namespace Waybill.RacketBook.Importing;

/// <summary>The first row of a sheet that holds something: which column fills which field.</summary>
sealed class SheetTitles
{
    readonly Dictionary<string, string> titles = new(StringComparer.Ordinal);
    readonly Dictionary<int, string> fields = [];
    readonly List<string> unknown = [];
    readonly SheetKind kind;
    readonly int row;

    internal SheetTitles(string sheet, SheetKind kind, SheetRow first)
    {
        (Sheet, this.kind, row) = (sheet, kind, first.Number);
        foreach (var (column, cell) in first.Cells.OrderBy(one => one.Key)) Add(column, cell.Text.Trim());
    }

    internal string Sheet { get; }

    /// <summary>The field of each column that has one.</summary>
    internal IReadOnlyDictionary<int, string> Fields => fields;

    /// <summary>Columns that mean nothing here.</summary>
    internal IEnumerable<string> Unknown => unknown.Select(title => $"{Sheet}: {title}");

    /// <summary>What the columns that are needed and not there make impossible.</summary>
    internal IEnumerable<RejectedRow> Missing() => SheetShape.Needed(kind).Where(group => !group.Any(titles.ContainsKey))
        .Select(
            group => new RejectedRow(
                new(Sheet, row), "", new BookFault("", "import.column-missing", string.Join(" / ", group.Select(SheetShape.Title)))));

    /// <summary>The title of a field's column; what it would be called, where there is none.</summary>
    internal string TitleOf(string field) => titles.GetValueOrDefault(field, SheetShape.Title(field));

    void Add(int column, string title)
    {
        if (title.Length == 0) return;
        if (SheetShape.Field(kind, title) is not { } field) unknown.Add(title);
        else if (field != SheetShape.Reckoned && titles.TryAdd(field, title)) fields.Add(column, field);
    }
}
