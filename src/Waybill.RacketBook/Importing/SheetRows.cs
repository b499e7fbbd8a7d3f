using System.Globalization;
using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>The rows of a sheet as they come (ECMA-376 part 1, §18.3); only what stands in cells is looked at.</summary>
sealed class SheetRows(WorkbookPackage package, string part, IReadOnlyList<string> texts)
{
    internal IEnumerable<SheetRow> Read()
    {
        using var xml = package.Read(part);
        var number = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" }) continue;
            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : number + 1;
            var cells = ReadCells(xml);
            if (cells.Values.Any(cell => cell.IsFormula || !string.IsNullOrWhiteSpace(cell.Text))) yield return new(number, cells);
        }
    }

    Dictionary<int, SheetCell> ReadCells(XmlReader xml)
    {
        var (cells, next, depth) = (new Dictionary<int, SheetCell>(), 0, xml.Depth);
        if (xml.IsEmptyElement) return cells;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            var column = Column(xml.GetAttribute("r")) ?? next;
            cells[column] = ReadCell(xml);
            next = column + 1;
        }

        return cells;
    }

    SheetCell ReadCell(XmlReader xml)
    {
        var (type, value, isFormula, depth) = (xml.GetAttribute("t") ?? "n", "", false, xml.Depth);
        if (xml.IsEmptyElement) return new("");
        for (var isMore = xml.Read(); isMore && xml.Depth > depth;)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" }) value = BoundedText.Read(xml);
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" }) value = SharedTexts.ReadText(xml);
            else
            {
                isFormula |= xml is { NodeType: XmlNodeType.Element, LocalName: "f" };
                isMore = xml.Read();
            }
        }

        return type switch
        {
            "s" => new(Shared(value), IsFormula: isFormula),
            "b" => new(value == "1" ? "true" : "false", IsFormula: isFormula),
            "e" => new(value, IsFormula: isFormula, IsError: true),
            "n" => new(value, IsNumber: value.Length > 0, IsFormula: isFormula),
            "str" => new(CellEscapes.Undo(value), IsFormula: isFormula),
            _ => new(value, IsFormula: isFormula),
        };
    }

    string Shared(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < texts.Count
        ? texts[place]
        : throw new UnreadableWorkbookException("import.broken");

    /// <summary>The column of A1: 0; null where none is said.</summary>
    static int? Column(string? reference)
    {
        if (string.IsNullOrEmpty(reference)) return null;
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min(column, ImportLimits.MostColumns) * 26 + letter - 'A' + 1;
        return column is > 0 and <= ImportLimits.MostColumns ? column - 1 : throw new UnreadableWorkbookException("import.broken");
    }
}
