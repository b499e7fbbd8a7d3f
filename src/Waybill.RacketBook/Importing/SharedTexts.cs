using System.Text;
using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>The texts that several cells share (ECMA-376 part 1, §18.4).</summary>
static class SharedTexts
{
    internal static IReadOnlyList<string> Read(WorkbookPackage package, string? part)
    {
        if (part is null || !package.Has(part)) return [];
        var (texts, held) = (new List<string>(), 0L);
        using var xml = package.Read(part);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            texts.Add(ReadText(xml));
            held += 2 * texts[^1].Length + 32;
            if (held > ImportLimits.MostHeld) throw new UnreadableWorkbookException("import.bomb", ImportLimits.MostHeld >> 20);
        }

        return texts;
    }

    /// <summary>What <c>si</c> or <c>is</c> says, without how it is to be pronounced.</summary>
    internal static string ReadText(XmlReader xml)
    {
        var (text, depth) = (new StringBuilder(), xml.Depth);
        if (xml.IsEmptyElement) return "";
        for (var isMore = xml.Read(); isMore && xml.Depth > depth;)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" }) xml.Skip();
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" }) text.Append(BoundedText.Read(xml));
            else isMore = xml.Read();
            if (text.Length > ImportLimits.LongestText) throw new UnreadableWorkbookException("import.broken");
        }

        return CellEscapes.Undo(text.ToString());
    }
}
