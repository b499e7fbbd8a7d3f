using System.Buffers;

namespace Waybill.Engine.Fetching;

/// <summary>Reads a body of unknown size, and never more than one byte beyond what is wanted of it.</summary>
internal static class LimitedBody
{
    public const int PartSize = 1 << 20;

    /// <summary>The body in parts of <see cref="PartSize"/>; null as soon as it is longer than the limit, in bytes.</summary>
    /// <param name="body">It.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="keeping">Told of each part before it is kept, in bytes; it may throw.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(
        Stream body, long limit, Func<int, ValueTask> keeping, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartSize);
        try { return await ReadAsync(body, limit, buffer, keeping, cancellationToken); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    static async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(
        Stream body, long limit, byte[] buffer, Func<int, ValueTask> keeping, CancellationToken cancellationToken)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var left = limit; ;)
        {
            var room = (int)Math.Min(PartSize, left + 1);
            var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, room), room, throwOnEndOfStream: false, cancellationToken);
            if (read > left) return null;
            if (read > 0)
            {
                await keeping(read);
                parts.Add(buffer.AsSpan(0, read).ToArray());
            }

            if (read < room) return parts;
            left -= read;
        }
    }
}
