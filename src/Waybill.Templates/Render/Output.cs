using System.Buffers;

namespace Waybill.Templates.Render;

/// <summary>Where a part is written: a pooled buffer that grows up to the limit of a part.</summary>
internal sealed class Output : IDisposable
{
    char[] buffer = ArrayPool<char>.Shared.Rent(16 * 1024);
    int length;

    /// <summary>Whether something did not go in.</summary>
    public bool IsFull { get; private set; }

    public int Length => length;

    public ReadOnlySpan<char> Written => buffer.AsSpan(0, length);

    public void Write(ReadOnlySpan<char> text)
    {
        if (text.Length > buffer.Length - length && !TryGrow(text.Length)) return;
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    public void Write(char sign) => Write(new ReadOnlySpan<char>(in sign));

    public void Fill(char sign, int count)
    {
        for (; count > 0; count--) Write(sign);
    }

    /// <summary>Takes blanks back from the end.</summary>
    public void TrimEnd() => length = Written.TrimEnd(' ').Length;

    public void Clear() => (length, IsFull) = (0, false);

    public override string ToString() => Written.ToString();

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(buffer);
        buffer = [];
    }

    bool TryGrow(int more)
    {
        if (length + more > TemplateLimits.Output) IsFull = true;
        if (IsFull) return false;
        var larger = ArrayPool<char>.Shared.Rent(Math.Min(Math.Max(buffer.Length * 2, length + more), TemplateLimits.Output));
        Written.CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }
}
