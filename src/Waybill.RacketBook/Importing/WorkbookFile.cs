using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>A workbook that is read: its sheets by name.</summary>
sealed class WorkbookFile : IDisposable
{
    readonly WorkbookPackage package;
    readonly IReadOnlyList<string> texts;
    readonly List<(string Name, string Part)> sheets = [];

    WorkbookFile(WorkbookPackage package)
    {
        this.package = package;
        var path = package.WorkbookPath();
        if (!package.Has(path)) throw new UnreadableWorkbookException("import.no-workbook");
        var relations = package.RelationsOf(path);
        texts =
            SharedTexts.Read(package, relations.FirstOrDefault(relation => WorkbookPackage.IsOf(relation.Type, "sharedStrings")).Target);
        ReadSheets(path, relations);
    }

    /// <summary>Whether days are counted from 1904, as old Macintoshes did.</summary>
    internal bool CountsFrom1904 { get; private set; }

    /// <summary>The names, in order.</summary>
    internal IEnumerable<string> Sheets => sheets.Select(sheet => sheet.Name);

    /// <summary>Opens it; the file can be sought in and stays open.</summary>
    /// <exception cref="UnreadableWorkbookException">It is no workbook, or one with macros.</exception>
    internal static WorkbookFile Open(Stream file)
    {
        var opened = WorkbookPackage.Open(file);
        try
        {
            return new(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    internal IEnumerable<SheetRow> Rows(string sheet) => new SheetRows(package, sheets.First(one => one.Name == sheet).Part, texts).Read();

    void ReadSheets(string path, IReadOnlyList<(string Id, string Type, string Target)> relations)
    {
        using var xml = package.Read(path);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") CountsFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName == "sheet") AddSheet(xml, relations);
        }
    }

    void AddSheet(XmlReader xml, IReadOnlyList<(string Id, string Type, string Target)> relations)
    {
        var id = Enumerable.Range(0, xml.AttributeCount)
            .Select(i => { xml.MoveToAttribute(i); return (xml.LocalName, xml.Prefix, xml.Value); })
            .FirstOrDefault(attribute => attribute is { LocalName: "id", Prefix.Length: > 0 }).Value;
        xml.MoveToElement();
        var relation = relations.FirstOrDefault(one => one.Id == id);
        if (relation.Target is not null && WorkbookPackage.IsOf(relation.Type, "worksheet"))
            sheets.Add((xml.GetAttribute("name") ?? "", relation.Target));
    }

    public void Dispose() => package.Dispose();
}
