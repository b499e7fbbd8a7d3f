using System.Text;
using Waybill.Documents.Pdf;

namespace Waybill.Documents.Fonts;

/// <summary>A face within one document: the shared base, and a second font of the characters that only this document has.</summary>
sealed class FontUse(Face face, PdfBody body, string name)
{
    readonly Dictionary<int, int> others = [];
    int baseId;
    int othersId;

    /// <summary>Sets a text: pieces of codes, each with the font they are codes of.</summary>
    internal void Set(string text, Action<string, ReadOnlySpan<char>> set)
    {
        var codes = new StringBuilder(4 * text.Length);
        var font = "";
        foreach (var character in text.EnumerateRunes())
        {
            var (next, number) = Find(character.Value);
            if (next != font && codes.Length > 0) Flush(codes, font, set);
            font = next;
            codes.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number:x4}");
        }

        if (codes.Length > 0) Flush(codes, font, set);
    }

    /// <summary>What a page names: the fonts that were used.</summary>
    internal IEnumerable<(string Name, int Id)> Resources
    {
        get
        {
            if (baseId > 0) yield return (name, baseId);
            if (othersId > 0) yield return ($"{name}x", othersId);
        }
    }

    /// <summary>Writes the fonts that were used.</summary>
    internal void Finish()
    {
        if (baseId > 0) face.Base.WriteTo(body, baseId);
        if (othersId > 0)
            new EmbeddedFont(face, new FontSubset(face.Font, [.. others.OrderBy(other => other.Value).Select(other => other.Key)])).WriteTo(
                body, othersId);
    }

    (string Font, int Number) Find(int character)
    {
        if (face.IsBase(character, out var number))
        {
            if (baseId == 0) baseId = body.Reserve();
            return (name, number);
        }

        if (othersId == 0) othersId = body.Reserve();
        if (!others.TryGetValue(character, out number)) others.Add(character, number = others.Count + 1);
        return ($"{name}x", number);
    }

    static void Flush(StringBuilder codes, string font, Action<string, ReadOnlySpan<char>> set)
    {
        set(font, codes.ToString());
        codes.Clear();
    }
}
