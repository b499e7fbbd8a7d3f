using System.Buffers.Binary;
using System.IO.Compression;

namespace Waybill.Engine.Journal;

/// <summary>Bytes as the journal keeps them: one byte says how, then raw, or length and Brotli where that is worth it.</summary>
internal static class Packed
{
    const byte Raw = 0;
    const byte Brotli = 1;
    const int WorthIt = 512;
    const int Quality = 1; // a quarter of the time of quality 4 for about a tenth more bytes
    const int Window = 20;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= WorthIt)
        {
            var packed = new byte[bytes.Length];
            if (BrotliEncoder.TryCompress(bytes, packed.AsSpan(5), out var written, Quality, Window))
            {
                packed[0] = Brotli;
                BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(1), bytes.Length);
                return packed[..(5 + written)];
            }
        }

        return [Raw, .. bytes];
    }

    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed[0] == Raw) return packed[1..].ToArray();
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(packed[1..])];
        if (packed[0] != Brotli || !BrotliDecoder.TryDecompress(packed[5..], bytes, out var written) || written != bytes.Length)
            throw new InvalidDataException("The journal holds bytes that cannot be unpacked.");
        return bytes;
    }
}
