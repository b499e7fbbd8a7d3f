using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Waybill.Server.Bodies;

/// <summary>
/// The body of a request as it comes, to whoever reads it. One that comes too slowly ends with a <see cref="BodyRefusedException"/>. Read
/// as a stream, which forms and files are, it takes of the budget what its readers keep of it, and is refused when it is larger than
/// <see cref="MaxRequestBodySize"/>: here and not by Kestrel, which then closes the connection on a client that is still writing and never
/// reads the answer.
/// </summary>
internal sealed class PacedBody(HttpContext context, PipeReader source, BodyPace pace, BodyBudget? budget, TimeProvider clock)
    : Stream, IHttpMaxRequestBodySizeFeature
{
    /// <summary>
    /// Octets of a body that is too large that are read before it is answered, so that the client gets to read the answer.
    /// </summary>
    const long Drained = 256L << 20;

    /// <summary>What readers of streams make of an octet: a buffer that doubles, a document, a text.</summary>
    const int StreamFactor = 8;

    readonly long? announced = context.Request.ContentLength;
    BodyLease? lease;
    TimeSpan waited;
    long come;

    /// <inheritdoc/>
    public bool IsReadOnly => come > 0;

    /// <summary>Octets that readers of the stream get at most; null: no limit. Readers of pieces count for themselves.</summary>
    public long? MaxRequestBodySize { get; set; }

    /// <summary>The next piece; <see cref="Advance"/> says that it was read.</summary>
    /// <exception cref="BodyRefusedException">It comes too slowly.</exception>
    public ValueTask<ReadResult> ReadPieceAsync(CancellationToken cancellationToken) =>
        // What is here already needs no clock, and a small body mostly is.
        source.TryRead(out var here) ? ValueTask.FromResult(here) : WaitForPieceAsync(cancellationToken);

    /// <summary>All of the piece was read.</summary>
    public void Advance(ReadResult piece)
    {
        come += piece.Buffer.Length;
        source.AdvanceTo(piece.Buffer.End);
    }

    /// <summary>
    /// Reads on without keeping anything, so that a client that is still writing reads the answer when it is done. Who asked first whether
    /// to send the body is told at once.
    /// </summary>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Expect.Count > 0) return;
        try
        {
            for (var drained = 0L; drained <= Drained;)
            {
                var piece = await ReadPieceAsync(cancellationToken);
                drained += piece.Buffer.Length;
                Advance(piece);
                if (piece.IsCompleted) return;
            }
        }
        catch (BodyRefusedException)
        {
            // it comes too slowly, and is refused anyway
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BadHttpRequestException">413: the body is larger than <see cref="MaxRequestBodySize"/>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) return 0;
        if (announced > MaxRequestBodySize) throw await TooLargeAsync(cancellationToken);
        var piece = await ReadPieceAsync(cancellationToken);
        if (come + piece.Buffer.Length > MaxRequestBodySize)
        {
            Advance(piece);
            throw await TooLargeAsync(cancellationToken);
        }

        var part = piece.Buffer.Slice(0, Math.Min(buffer.Length, piece.Buffer.Length));
        var length = (int)part.Length; // asked for now: behind the advance the pipe has its segments back
        part.CopyTo(buffer.Span);
        come += length;
        source.AdvanceTo(part.End);
        await KeepAsync(length, cancellationToken);
        return length;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    async ValueTask<ReadResult> WaitForPieceAsync(CancellationToken cancellationToken)
    {
        var reading = source.ReadAsync(cancellationToken).AsTask();
        while (!reading.IsCompleted)
        {
            var since = clock.GetTimestamp();
            await ((Task)reading).WaitAsync(pace.Step, clock, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            waited += clock.GetElapsedTime(since);
            // Ended by hand: Kestrel takes a read that a token ended for one that still goes on.
            if (!reading.IsCompleted && Objection(come) is not null) source.CancelPendingRead();
        }

        var piece = await reading;
        if ((piece.IsCompleted ? null : Objection(come + piece.Buffer.Length)) is not { } objection) return piece;
        source.AdvanceTo(piece.Buffer.End);
        throw BodyRefusedException.Slow(objection);
    }

    async ValueTask<BadHttpRequestException> TooLargeAsync(CancellationToken cancellationToken)
    {
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"The request body is larger than {MaxRequestBodySize:N0} octets, which is the most that is read here.");
        await DrainAsync(cancellationToken);
        return new(sentence, StatusCodes.Status413PayloadTooLarge);
    }

    string? Objection(long octets) => pace.Objection(octets, announced, waited);

    async ValueTask KeepAsync(long octets, CancellationToken cancellationToken)
    {
        if (budget is null || octets == 0) return;
        if (lease is null) context.Response.RegisterForDispose(lease = budget.Open(BodyOwner.Of(context)));
        if (!await lease.TakeAsync(octets * StreamFactor, cancellationToken)) throw BodyRefusedException.Busy();
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush()
    {
        // nothing is written
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
