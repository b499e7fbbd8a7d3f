using System.IO.Compression;
using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>
/// A workbook as the archive of XML that it is (ECMA-376 part 2): its parts are found over their relations, nothing but what is named is
/// unpacked, and no document type, macro or link outside is followed.
/// </summary>
sealed class WorkbookPackage : IDisposable
{
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string StrictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = ImportLimits.MostUnpacked,
    };

    readonly ZipArchive archive;
    long unpacked;

    WorkbookPackage(ZipArchive archive) => this.archive = archive;

    /// <summary>Opens it.</summary>
    /// <exception cref="UnreadableWorkbookException">It is no workbook, or one with macros.</exception>
    internal static WorkbookPackage Open(Stream file)
    {
        if (file.Length > ImportLimits.MostPacked)
            throw new UnreadableWorkbookException("import.large", file.Length >> 20, ImportLimits.MostPacked >> 20);
        var package = new WorkbookPackage(OpenArchive(file));
        if (package.archive.Entries.Any(IsMacro)) throw new UnreadableWorkbookException("import.macros");
        return package;
    }

    static ZipArchive OpenArchive(Stream file)
    {
        try
        {
            return new(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableWorkbookException("import.no-workbook");
        }
    }

    static bool IsMacro(ZipArchiveEntry entry) =>
        entry.Name.StartsWith("vbaProject", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The part that names the sheets.</summary>
    internal string WorkbookPath() =>
        RelationsOf("").FirstOrDefault(relation => IsOf(relation.Type, "officeDocument")).Target
            ?? throw new UnreadableWorkbookException("import.no-workbook");

    /// <summary>What a part refers to within the package, with absolute paths.</summary>
    internal IReadOnlyList<(string Id, string Type, string Target)> RelationsOf(string part)
    {
        var (folder, name) = (part[..(part.LastIndexOf('/') + 1)], part[(part.LastIndexOf('/') + 1)..]);
        if (!Has($"{folder}_rels/{name}.rels")) return [];
        var found = new List<(string, string, string)>();
        using var xml = Read($"{folder}_rels/{name}.rels");
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External")
                continue;
            found.Add((xml.GetAttribute("Id") ?? "", xml.GetAttribute("Type") ?? "", Absolute(folder, xml.GetAttribute("Target") ?? "")));
        }

        return found;
    }

    /// <summary>Whether a relation is of a kind, in either of the two editions of the standard.</summary>
    internal static bool IsOf(string type, string kind) => type == $"{Relations}/{kind}" || type == $"{StrictRelations}/{kind}";

    internal bool Has(string part) => archive.GetEntry(part) is not null;

    /// <summary>Reads a part as XML.</summary>
    internal XmlReader Read(string part)
    {
        var entry = archive.GetEntry(part) ?? throw new UnreadableWorkbookException("import.part-missing", part);
        return XmlReader.Create(new UnpackingStream(entry.Open(), Count), Settings);
    }

    void Count(int octets)
    {
        unpacked += octets;
        if (unpacked > ImportLimits.MostUnpacked) throw new UnreadableWorkbookException("import.bomb", ImportLimits.MostUnpacked >> 20);
    }

    static string Absolute(string folder, string target) => target.StartsWith('/') ? target[1..] : folder + target;

    public void Dispose() => archive.Dispose();
}
