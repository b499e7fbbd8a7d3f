using System.Threading.Channels;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Outbox;

/// <summary>
/// Where messages are handed over within their caller's call: accepted as claimed by this node, they go straight to a deliverer. A crash
/// finds them like any other claim: due again when nothing was begun, unknown when something was.
/// </summary>
public sealed class InlineLane(MessageOutbox outbox, TimeProvider clock)
{
    /// <summary>What a claim may have waited for its COMMIT before its lease is renewed first of all.</summary>
    static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(500);

    readonly Channel<InlineTurn> turns = Channel.CreateUnbounded<InlineTurn>();
    volatile bool isOpen;

    /// <summary>How long a caller waits: 30 s.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Who hands over here; null while nobody does, and then messages wait for their turn.</summary>
    internal string? Owner => isOpen ? outbox.Node : null;

    internal ChannelReader<InlineTurn> Turns => turns.Reader;

    internal void Open() => isOpen = true;

    /// <summary>Nothing more is taken; what waits here is still read.</summary>
    internal void Close()
    {
        isOpen = false;
        turns.Writer.TryComplete();
    }

    /// <summary>Hands over what was accepted as claimed, and tells where it stands: at its end, or after <see cref="Patience"/>.</summary>
    internal async Task<Standing> HandOverAsync(Claim claim, long askedAt)
    {
        var goingOn = new Standing(
            claim.Message, MessageStatus.Sending, $"the relay has not answered for {Patience.TotalSeconds:0} s; the attempt goes on");
        if (await HoldAsync(claim, askedAt) is not { } tenure) return goingOn;
        var turn = new InlineTurn(claim, tenure);
        if (!turns.Writer.TryWrite(turn)) return await HandBackAsync(claim);
        try
        {
            return await turn.End.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return goingOn;
        }
    }

    /// <summary>
    /// A lease that has grown old while the COMMIT was waited for is renewed, or the work would trust in more than is left of it.
    /// </summary>
    async Task<Tenure?> HoldAsync(Claim claim, long askedAt)
    {
        try
        {
            outbox.Queue.Hold([claim]);
            if (clock.GetElapsedTime(askedAt) > Prompt) await outbox.Queue.RenewAsync(CancellationToken.None);
            return outbox.Queue.TakeTenure();
        }
        catch (StorageException)
        {
            outbox.Queue.LetGo([claim]); // found again when its lease is over
            return null;
        }
    }

    /// <summary>Nothing was handed over: its turn comes when that of the queue does.</summary>
    internal async Task<Standing> HandBackAsync(Claim claim)
    {
        try
        {
            await outbox.HandBackAsync(claim, TimeSpan.Zero, CancellationToken.None);
        }
        catch (StorageException)
        {
            outbox.Queue.LetGo([claim]); // it was accepted, whatever else fails; found again when its lease is over
        }

        return new(claim.Message, MessageStatus.Queued, Reason: null);
    }
}

/// <summary>One message in the lane.</summary>
internal sealed class InlineTurn(Claim claim, Tenure tenure)
{
    readonly TaskCompletionSource<Standing> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Claim Claim => claim;

    public Tenure Tenure => tenure;

    public Task<Standing> End => end.Task;

    public void Ended(Standing standing) => end.TrySetResult(standing);
}
