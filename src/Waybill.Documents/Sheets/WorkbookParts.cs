using System.Globalization;
using System.Security;
using System.Text;

namespace Waybill.Documents.Sheets;

/// <summary>The parts of the package that are the same for every workbook (ECMA-376 part 1, §12).</summary>
static class WorkbookParts
{
    const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>A sheet up to its first row, which stays in sight.</summary>
    internal static byte[] SheetBegin(IReadOnlyList<SheetColumn> columns)
    {
        var widths =
            columns.Select(
                (
                    column,
                    i) => string.Create(
                        CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{column.Width}" customWidth="1"/>"""));
        return Encoding.UTF8.GetBytes(
            $"""{Declaration}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"""
            + $"<cols>{string.Concat(widths)}</cols><sheetData>");
    }

    /// <summary>All but the sheets, by path.</summary>
    internal static IEnumerable<(string Path, string Content)> Around(IReadOnlyList<string> sheets, DateTimeOffset made)
    {
        var numbers = Enumerable.Range(1, sheets.Count);
        yield return ("xl/workbook.xml",
            $"""{Declaration}<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>"""
            + string.Concat(numbers.Select(n => $"""<sheet name="{SecurityElement.Escape(sheets[n - 1])}" sheetId="{n}" r:id="s{n}"/>"""))
            + "</sheets></workbook>");
        yield return ("xl/_rels/workbook.xml.rels",
            $"""{Declaration}<Relationships xmlns="{PackageRelations}">"""
            + string.Concat(
                numbers.Select(n => $"""<Relationship Id="s{n}" Type="{Relations}/worksheet" Target="worksheets/sheet{n}.xml"/>"""))
            + $"""<Relationship Id="styles" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("xl/styles.xml", Styles);
        yield return ("docProps/core.xml", Core(made));
        yield return ("_rels/.rels",
            $"""{Declaration}<Relationships xmlns="{PackageRelations}"><Relationship Id="workbook" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/>"""
            + """<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>""");
        yield return ("[Content_Types].xml",
            $"""{Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"""
            + $"""<Override PartName="/xl/workbook.xml" ContentType="{Content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Content}.styles+xml"/>"""
            + """<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"""
            + string.Concat(
                numbers.Select(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Content}.worksheet+xml"/>"""))
                    + "</Types>");
    }

    static string Core(DateTimeOffset made) => string.Create(CultureInfo.InvariantCulture, $"""
        {Declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Waybill</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{made.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</dcterms:created></cp:coreProperties>
        """);

    /// <summary>The formats, in the order of <see cref="CellStyle"/>.</summary>
    const string Styles = $"""
        {Declaration}<styleSheet xmlns="{Main}">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;
}
