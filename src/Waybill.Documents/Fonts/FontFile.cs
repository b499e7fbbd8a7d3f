using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Waybill.Documents.Fonts;

/// <summary>Tables put together to a font file (OpenType 1.9, table directory).</summary>
static class FontFile
{
    const int DirectoryHeader = 12, Record = 16;

    /// <summary>Writes <paramref name="tables"/>, which are given in the order of their tags.</summary>
    internal static byte[] Write(IReadOnlyList<(string StructureTag, byte[] Content)> tables)
    {
        var start = DirectoryHeader + Record * tables.Count;
        var file = new byte[start + tables.Sum(table => Padded(table.Content.Length))];
        WriteHeader(file, tables.Count);
        for (var i = 0; i < tables.Count; i++)
        {
            var (tag, content) = tables[i];
            content.CopyTo(file, start);
            var record = file.AsSpan(DirectoryHeader + Record * i, Record);
            Encoding.ASCII.GetBytes(tag, record);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Sum(file.AsSpan(start, Padded(content.Length))));
            BinaryPrimitives.WriteInt32BigEndian(record[8..], start);
            BinaryPrimitives.WriteInt32BigEndian(record[12..], content.Length);
            start += Padded(content.Length);
        }

        return file;
    }

    static void WriteHeader(Span<byte> file, int tables)
    {
        var steps = BitOperations.Log2((uint)tables);
        BinaryPrimitives.WriteInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file[4..], (ushort)tables);
        BinaryPrimitives.WriteUInt16BigEndian(file[6..], (ushort)(Record << steps));
        BinaryPrimitives.WriteUInt16BigEndian(file[8..], (ushort)steps);
        BinaryPrimitives.WriteUInt16BigEndian(file[10..], (ushort)(Record * tables - (Record << steps)));
    }

    static int Padded(int length) => length + 3 & ~3;

    static uint Sum(ReadOnlySpan<byte> content)
    {
        var sum = 0u;
        for (var at = 0; at < content.Length; at += 4) sum += BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
        return sum;
    }
}
