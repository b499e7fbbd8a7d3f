namespace Waybill.Testing.Smtp;

/// <summary>One end of an in-memory connection. It counts its writes, for specs about how few there are.</summary>
public sealed class DuplexStream : Stream
{
    readonly OctetQueue incoming, outgoing;

    DuplexStream(OctetQueue incoming, OctetQueue outgoing) => (this.incoming, this.outgoing) = (incoming, outgoing);

    public int Writes { get; private set; }

    /// <summary>Two ends; the first reads in the pieces that <paramref name="delivery"/> says.</summary>
    public static (DuplexStream Near, DuplexStream Far) Pair(Delivery delivery)
    {
        var (toNear, toFar) = (new OctetQueue(delivery), new OctetQueue(Delivery.InOneBlit));
        return (new DuplexStream(toNear, toFar), new DuplexStream(toFar, toNear));
    }

    /// <summary>Done as soon as the other end reads and has nothing to read.</summary>
    public Task WhenOtherEndWaits() => outgoing.WhenReaderWaits();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        incoming.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Writes++;
        outgoing.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        outgoing.End();
        incoming.End();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
