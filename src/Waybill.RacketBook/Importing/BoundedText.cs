using System.Buffers;
using System.Text;
using System.Xml;

namespace Waybill.RacketBook.Importing;

/// <summary>The text of an element, which is taken piece by piece: one that is longer than a cell holds never comes into memory.</summary>
static class BoundedText
{
    const int Piece = 1_024;

    /// <summary>Reads it, and goes on behind the element.</summary>
    internal static string Read(XmlReader xml)
    {
        var (text, depth, piece) = (new StringBuilder(), xml.Depth, ArrayPool<char>.Shared.Rent(Piece));
        if (!xml.IsEmptyElement)
            while (xml.Read() && xml.Depth > depth)
                if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                    Append(xml, text, piece);
        xml.Read();
        ArrayPool<char>.Shared.Return(piece);
        return text.ToString();
    }

    static void Append(XmlReader xml, StringBuilder text, char[] piece)
    {
        for (var read = xml.ReadValueChunk(piece, 0, Piece); read > 0; read = xml.ReadValueChunk(piece, 0, Piece))
        {
            text.Append(piece, 0, read);
            if (text.Length > ImportLimits.LongestText) throw new UnreadableWorkbookException("import.broken");
        }
    }
}
