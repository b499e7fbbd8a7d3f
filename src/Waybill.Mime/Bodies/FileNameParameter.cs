using System.Buffers;
using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Encodings;
using Waybill.Mime.Headers;

namespace Waybill.Mime.Bodies;

/// <summary>
/// The <c>filename</c> of Content-Disposition: quoted where every reader agrees on it, otherwise in percent-encoded UTF-8, in numbered
/// sections when long (RFC 2231 §3, §4). Never both: strict readers take the second for a duplicate. The fallback is Content-Type's
/// <c>name</c>.
/// </summary>
static class FileNameParameter
{
    const int LongestSection = 60;

    static readonly SearchValues<byte> AttributeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`{|}~"u8);

    internal static void Write(string name, HeaderWriter headers)
    {
        if (FileName.IsPlain(name))
        {
            headers.Word($"filename={QuotedString.Write(name)}");
            return;
        }
        var sections = Cut(name);
        if (sections is [var only]) headers.Word($"filename*=UTF-8''{only}");
        else WriteSections(sections, headers);
    }

    static void WriteSections(List<string> sections, HeaderWriter headers)
    {
        for (var number = 0; number < sections.Count; number++)
        {
            if (number > 0) headers.Mark(';');
            headers.Word(string.Create(null, $"filename*{number}*={(number == 0 ? "UTF-8''" : "")}{sections[number]}"));
        }
    }

    static List<string> Cut(string name)
    {
        var sections = new List<string>();
        var section = new StringBuilder();
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            if (section.Length + 12 > LongestSection) Close(sections, section);
            Append(section, octets[..rune.EncodeToUtf8(octets)]);
        }
        Close(sections, section);
        return sections;
    }

    static void Close(List<string> sections, StringBuilder section)
    {
        sections.Add(section.ToString());
        section.Clear();
    }

    static void Append(StringBuilder section, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            if (AttributeCharacters.Contains(octet)) section.Append((char)octet);
            else section.Append('%').Append((char)Hex.Upper[octet >> 4]).Append((char)Hex.Upper[octet & 15]);
        }
    }
}
