using System.Diagnostics;
using System.Globalization;
using Waybill.Smtp.Content;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Sessions;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Transactions;

/// <summary>
/// The content, the final dot, and the reply to it. A message that fits into the buffer goes out in one write, dot and all. Until the
/// dot the caller may give up; from then on the reply is waited for whatever happens.
/// </summary>
sealed class ContentTransfer(SmtpSession session, Envelope envelope, MessageContent content)
{
    const int Piece = 16 * 1024;
    const int Enough = 48 * 1024;

    readonly DotStuffer stuffer = new();
    readonly TimeSpan longest = session.Timeouts.ContentOf(content.Length);
    long startedAt, octets;

    /// <summary>The relay may have the whole message.</summary>
    public bool DotMayBeOut { get; private set; }

    Wire Wire => session.Wire;

    /// <param name="givingUp">What lets the caller give up; undone just before the dot.</param>
    /// <param name="cancellationToken">Looked at until the dot.</param>
    public async ValueTask<Reply> RunAsync(CancellationTokenRegistration givingUp, CancellationToken cancellationToken)
    {
        if (Wire.HasLeftovers) throw new WireException("the relay answered before it had the message");
        startedAt = session.Clock.GetTimestamp();
        Wire.Begin(longest, startedAt);
        try
        {
            await foreach (var piece in content.Read(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
                await WriteAsync(piece).ConfigureAwait(false);
            EnsureWhole();
            StepEvents.BeforeDot(envelope);
            await PassThePointOfNoReturnAsync(givingUp, cancellationToken).ConfigureAwait(false);
            return await FinishAsync().ConfigureAwait(false);
        }
        catch (WireException) when (!DotMayBeOut)
        {
            session.Break();
            if (await Wire.HearLastWordsAsync(session.Timeouts.Quit).ConfigureAwait(false) is { Severity: > 3 } reply) return reply;
            throw;
        }
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> piece)
    {
        octets += piece.Length;
        for (var rest = piece; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, Piece)..])
        {
            stuffer.Write(rest.Span[..Math.Min(rest.Length, Piece)], Wire.Outgoing);
            if (Wire.Waiting >= Enough) await FlushAsync().ConfigureAwait(false);
        }
    }

    // A link may be slow; a relay that reads just enough to seem alive shall not keep its place for a day.
    async ValueTask FlushAsync()
    {
        var left = longest - session.Clock.GetElapsedTime(startedAt);
        if (left > session.Timeouts.Block)
        {
            await Wire.FlushAsync(session.Timeouts.Block).ConfigureAwait(false);
            Wire.Begin(longest, startedAt);
        }
        else
        {
            Wire.Begin(longest, startedAt);
            await Wire.FlushAsync().ConfigureAwait(false);
        }
    }

    // Half a message with a dot behind it would be a whole message to the relay.
    void EnsureWhole()
    {
        if (octets != content.Length)
            throw new InvalidOperationException($"The content was to have {content.Length} octets and had {octets}; it was not sent.");
    }

    async ValueTask PassThePointOfNoReturnAsync(CancellationTokenRegistration givingUp, CancellationToken cancellationToken)
    {
        await givingUp.DisposeAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        DotMayBeOut = true;
    }

    async ValueTask<Reply> FinishAsync()
    {
        Wire.Transcript.Client(string.Create(CultureInfo.InvariantCulture, $"[{octets} octets]"));
        stuffer.Finish(Wire.Outgoing);
        await Wire.FlushAsync(session.Timeouts.FinalDot).ConfigureAwait(false);
        StepEvents.AfterDot(envelope);
        var reply = await Wire.ReadReplyAsync(session.Timeouts.FinalDot).ConfigureAwait(false);
        StepEvents.Replied(envelope);
        return reply;
    }
}

/// <summary>Names the moments around the final dot, for those who listen to "Waybill.Step". The payload is the envelope.</summary>
static class StepEvents
{
    static readonly DiagnosticListener Source = new("Waybill.Step");

    /// <summary>Everything but the end of the content may be with the relay.</summary>
    public static void BeforeDot(Envelope envelope) => Tell("smtp.before-dot", envelope);

    /// <summary>The end of the content is on its way; the reply has not been read.</summary>
    public static void AfterDot(Envelope envelope) => Tell("smtp.after-dot", envelope);

    /// <summary>The reply to the content has been read, and nobody has been told.</summary>
    public static void Replied(Envelope envelope) => Tell("smtp.replied", envelope);

    static void Tell(string step, Envelope envelope)
    {
        if (Source.IsEnabled(step)) Source.Write(step, envelope);
    }
}
