using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>Reads a workbook: a pure function of the file and the day that it is. Nothing is written.</summary>
public static class ImportReader
{
    /// <summary>Reads it.</summary>
    /// <param name="file">It can be sought in, and stays open.</param>
    /// <param name="today">Nothing was strung after it.</param>
    public static ImportReading Read(Stream file, DateOnly today)
    {
        try
        {
            using var workbook = WorkbookFile.Open(file);
            return new ImportReading.Read(Read(workbook, today));
        }
        catch (UnreadableWorkbookException unreadable)
        {
            return new ImportReading.Unreadable(unreadable.Fault);
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or EndOfStreamException)
        {
            return new ImportReading.Unreadable(new("", "import.broken"));
        }
    }

    static ImportPlan Read(WorkbookFile workbook, DateOnly today)
    {
        if (!workbook.Sheets.Any(sheet => SheetShape.Kind(sheet) is not null))
            throw new UnreadableWorkbookException("import.no-sheet", string.Join(", ", workbook.Sheets));
        var draft = new ImportDraft(today, workbook.CountsFrom1904);
        foreach (var sheet in workbook.Sheets)
        {
            if (SheetShape.Kind(sheet) is { } kind) draft.Take(sheet, kind, workbook.Rows(sheet));
            else draft.Ignore(sheet);
        }

        return draft.ToPlan();
    }
}
