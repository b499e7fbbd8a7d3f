using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Waybill.Documents.Pdf;

/// <summary>
/// The objects of a file: streams as they come, all others in one compressed object stream at the end (ISO 32000-1 §7.5.7 and §7.5.8).
/// </summary>
sealed class PdfBody
{
    const int EntryLength = 7;

    readonly ArrayBufferWriter<byte> file = new(64 << 10);
    readonly List<(int Id, string Content)> small = [];
    readonly List<(byte Kind, int Where, ushort Index)> entries = [(0, 0, ushort.MaxValue)];

    // The second line tells whoever looks that the file is binary.
    internal PdfBody() => Write("%PDF-1.7\n%âãÏÓ\n");

    /// <summary>A number for an object that is written later.</summary>
    internal int Reserve()
    {
        entries.Add(default);
        return entries.Count - 1;
    }

    internal void Add(int id, string content) => small.Add((id, content));

    /// <summary>Writes a stream.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="entries">Of its dictionary, without the length.</param>
    /// <param name="content">As it stands, already filtered.</param>
    internal void AddStream(int id, string entries, ReadOnlySpan<byte> content)
    {
        this.entries[id] = (1, file.WrittenCount, 0);
        Write($"{id} 0 obj\n<<{entries}/Length {content.Length}>>stream\n");
        file.Write(content);
        Write("\nendstream\nendobj\n");
    }

    /// <summary>Writes what is left, and the table of where all of it is.</summary>
    /// <param name="root">The catalog's number.</param>
    /// <param name="info">The number of what tells of the document.</param>
    /// <param name="identity">Of this file among all files: 16 octets.</param>
    internal byte[] Finish(int root, int info, Func<ReadOnlySpan<byte>, byte[]> identity)
    {
        WriteSmall();
        var start = file.WrittenCount;
        var table = Reserve();
        entries[table] = (1, start, 0);
        var id = Convert.ToHexStringLower(identity(file.WrittenSpan[..start]));
        var content = Compression.Fast(Table());
        Write(
            $"{table} 0 obj\n<</Type/XRef/Size {entries.Count}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{id}><{id}>]/Filter/FlateDecode/Length {content.Length}>>stream\n");
        file.Write(content);
        Write($"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
        return file.WrittenSpan.ToArray();
    }

    void WriteSmall()
    {
        var stream = Reserve();
        var (index, content) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < small.Count; i++)
        {
            entries[small[i].Id] = (2, stream, (ushort)i);
            index.Append(CultureInfo.InvariantCulture, $"{small[i].Id} {content.Length} ");
            content.Append(small[i].Content).Append('\n');
        }

        AddStream(
            stream, $"/Type/ObjStm/N {small.Count}/First {index.Length}/Filter/FlateDecode",
            Compression.Fast(Encoding.Latin1.GetBytes(index.Append(content).ToString())));
    }

    byte[] Table()
    {
        var table = new byte[EntryLength * entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = table.AsSpan(EntryLength * i, EntryLength);
            entry[0] = entries[i].Kind;
            BinaryPrimitives.WriteInt32BigEndian(entry[1..], entries[i].Where);
            BinaryPrimitives.WriteUInt16BigEndian(entry[5..], entries[i].Index);
        }

        return table;
    }

    void Write(string text) => Encoding.Latin1.GetBytes(text, file);
}
