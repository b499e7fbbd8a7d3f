using System.Buffers;
using System.Text;

namespace Waybill.Mime.Encodings;

/// <summary>Where a message's bytes gather: one array from the shared pool that grows by doubling and goes back on disposal.</summary>
sealed class OctetBuffer(int expected) : IBufferWriter<byte>, IDisposable
{
    byte[] octets = ArrayPool<byte>.Shared.Rent(expected);

    internal int Length { get; private set; }

    internal ReadOnlyMemory<byte> Written => octets.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (octets.Length - Length < sizeHint) Grow(sizeHint);
        return octets.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (octets.Length - Length < sizeHint) Grow(sizeHint);
        return octets.AsMemory(Length);
    }

    internal void Write(ReadOnlySpan<byte> written)
    {
        written.CopyTo(GetSpan(written.Length));
        Length += written.Length;
    }

    internal void Write(byte octet)
    {
        GetSpan(1)[0] = octet;
        Length++;
    }

    /// <summary>Writes text as UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    internal void Write(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    internal void EndLine() => Write("\r\n"u8);

    internal bool EndsLine => octets.AsSpan(0, Length).EndsWith("\r\n"u8);

    internal void Clear() => Length = 0;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(octets);
        octets = [];
        Length = 0;
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + needed), (int)Math.Min(2L * octets.Length, Array.MaxLength)));
        octets.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(octets);
        octets = larger;
    }
}
