using System.Text;

namespace Waybill.Screens.Qr;

/// <summary>
/// A QR code (ISO/IEC 18004): text as UTF-8 in byte mode, error correction M, versions 1 to 20. That is 666 octets, more than the address
/// of an authenticator's key ever has.
/// </summary>
public sealed class QrCode
{
    /// <summary>Check octets of a block, by version (table 9, level M).</summary>
    static readonly int[] CheckOctets = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];

    /// <summary>Blocks, by version (table 9, level M).</summary>
    static readonly int[] Blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

    readonly QrGrid grid;

    QrCode(QrGrid grid) => this.grid = grid;

    /// <summary>Modules on a side.</summary>
    public int Size => grid.Size;

    /// <summary>Whether a module is dark.</summary>
    public bool this[int x, int y] => grid[x, y];

    /// <summary>The code of a text, in the smallest version that holds it.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static QrCode Of(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        for (var version = 1; version <= Blocks.Length; version++)
            if (HeadBits(version) + octets.Length * 8 <= DataOctets(version) * 8) return new(QrGrid.Best(version, Words(octets, version)));
        throw new ArgumentException("The text is too long for a QR code.", nameof(text));
    }

    /// <summary>Octets that a version holds, checks included (§7.1): all modules but those with a function.</summary>
    internal static int AllOctets(int version)
    {
        var modules = (16 * version + 128) * version + 64;
        if (version == 1) return modules / 8;
        var marks = version / 7 + 2;
        return (modules - (25 * marks - 10) * marks + 55 - (version >= 7 ? 36 : 0)) / 8;
    }

    static int DataOctets(int version) => AllOctets(version) - CheckOctets[version - 1] * Blocks[version - 1];

    static int HeadBits(int version) => 4 + CountBits(version);

    static int CountBits(int version) => version < 10 ? 8 : 16;

    /// <summary>Data and checks as they lie in the grid: octet by octet of each block in turn (§7.6).</summary>
    static byte[] Words(byte[] octets, int version)
    {
        var data = Padded(octets, version);
        var (count, checks) = (Blocks[version - 1], CheckOctets[version - 1]);
        var (size, larger) = (data.Length / count, data.Length % count);
        var blocks = new List<byte[]>(count);
        for (int n = 0, at = 0; n < count; n++)
        {
            var length = size + (n < count - larger ? 0 : 1);
            blocks.Add(data[at..(at + length)]);
            at += length;
        }

        return [.. InTurn(blocks), .. InTurn([.. blocks.Select(block => ReedSolomon.Checks(block, checks))])];
    }

    static IEnumerable<byte> InTurn(List<byte[]> blocks)
    {
        for (var n = 0; n < blocks[^1].Length; n++)
            foreach (var block in blocks)
                if (n < block.Length) yield return block[n];
    }

    /// <summary>Mode, length, content, and what fills up the rest (§7.4.9).</summary>
    static byte[] Padded(byte[] octets, int version)
    {
        const int byteMode = 4;
        var bits = new List<bool>(DataOctets(version) * 8);
        void Add(int value, int length)
        {
            for (var bit = length - 1; bit >= 0; bit--) bits.Add(((value >> bit) & 1) == 1);
        }

        Add(byteMode, 4);
        Add(octets.Length, CountBits(version));
        foreach (var octet in octets) Add(octet, 8);
        Add(0, Math.Min(4, bits.Capacity - bits.Count));
        Add(0, (8 - bits.Count % 8) % 8);
        var whole = DataOctets(version) * 8;
        for (var filler = 0xEC; bits.Count < whole; filler ^= 0xEC ^ 0x11) Add(filler, 8);
        return [.. bits.Chunk(8).Select(eight => eight.Aggregate((byte)0, (octet, bit) => (byte)((octet << 1) | (bit ? 1 : 0))))];
    }
}
