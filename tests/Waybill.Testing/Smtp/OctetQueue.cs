namespace Waybill.Testing.Smtp;

/// <summary>One direction of an in-memory connection.</summary>
sealed class OctetQueue(Delivery delivery)
{
    readonly Lock gate = new();
    readonly List<byte> octets = [];
    TaskCompletionSource arrival = Signal();
    TaskCompletionSource hunger = Signal();
    bool hasEnded;

    /// <summary>Done as soon as somebody reads and there is nothing to read.</summary>
    public Task WhenReaderWaits() { lock (gate) return hunger.Task; }

    public void Write(ReadOnlySpan<byte> piece)
    {
        lock (gate)
        {
            if (hasEnded) throw new IOException("Broken pipe");
            octets.AddRange(piece);
            if (hunger.Task.IsCompleted) hunger = Signal();
            arrival.TrySetResult();
        }
    }

    public void End()
    {
        lock (gate)
        {
            hasEnded = true;
            arrival.TrySetResult();
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task more;
            lock (gate)
            {
                if (octets.Count > 0) return Take(into.Span);
                if (hasEnded) return 0;
                if (arrival.Task.IsCompleted) arrival = Signal();
                more = arrival.Task;
                hunger.TrySetResult();
            }
            await more.WaitAsync(cancellationToken);
        }
    }

    int Take(Span<byte> into)
    {
        var count = Math.Min(into.Length, PieceLength());
        octets.GetRange(0, count).ToArray().CopyTo(into);
        octets.RemoveRange(0, count);
        return count;
    }

    int PieceLength() => delivery switch
    {
        Delivery.ByteByByte => 1,
        Delivery.LineByLine when octets.IndexOf((byte)'\n') is var end and >= 0 => end + 1,
        _ => octets.Count,
    };

    static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
