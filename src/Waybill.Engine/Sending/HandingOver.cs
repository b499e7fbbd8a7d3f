using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Composing;
using Waybill.Engine.Counting;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Sending;

/// <summary>Gives the bytes to the relay, and learns from it whether the relay is there.</summary>
internal sealed partial class HandingOver(RelayDirectory relays, TimeProvider clock, ILogger<Delivery> log)
{
    /// <summary>Hands the message over to those who wait for it.</summary>
    /// <exception cref="OperationCanceledException">Nobody got the message: stopping, or the lease ended before the final dot.</exception>
    /// <exception cref="StorageException">The content is in the database, which is away: nobody got the message.</exception>
    public async Task<HandOverOutcome> HandOverAsync(Work work, RelayLoan loan, Composed composed, CancellationToken stopping)
    {
        try
        {
            var began = clock.GetTimestamp();
            var report = Resting(work, loan.Relay) is { } resting
                ? new(work.Everybody(resting), Dialogue: null)
                : await AskAsync(work, loan, composed, stopping);
            Count(loan.Relay, report, clock.GetElapsedTime(began));
            return new HandOverOutcome.Reported(report);
        }
        catch (InvalidDataException broken)
        {
            return new HandOverOutcome.Unreadable(broken);
        }
    }

    /// <summary>Somebody waits for the answer, and a relay of a tenant's own that does not answer is not waited for.</summary>
    AttemptOutcome.Deferred? Resting(Work work, Relay relay) =>
        work.IsInline && !relays.FromSettings.Values.Contains(relay) && relay.RestLeft is { Ticks: > 0 } left
            ? new($"The relay {relay.Name} was not reached several times in a row; it is tried again in {left.TotalSeconds:0} s.")
            {
                Cause = Deferral.Network,
            }
            : null;

    /// <summary>
    /// A transport tells what happened and does not throw; should it all the same, the outcome is unknown. What it passes on is that the
    /// content could not be read to its end, and then nobody has the message.
    /// </summary>
    async Task<HandOverReport> AskAsync(Work work, RelayLoan loan, Composed composed, CancellationToken stopping)
    {
        try
        {
            var parcel = ParcelOf(work, composed) with { Reached = () => loan.Learn(unreached: null) };
            var report = await loan.Relay.Transport.HandOverAsync(parcel, stopping);
            loan.Learn(report.Unreached);
            return report;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || work.Tenure is { Holds: false })
        {
            throw;
        }
        catch (Exception defect) when (defect is not (StorageException or InvalidDataException))
        {
            LogDefect(work.Claim.Message, defect);
            return new(work.Everybody(new AttemptOutcome.Unknown("The transport failed: " + defect.Message)), Dialogue: null);
        }
    }

    static Parcel ParcelOf(Work work, Composed composed) => new(
        Mailbox.Parse(work.Snapshot.Inputs.From).Address,
        [.. work.Waiting.Select(recipient => (recipient.Position, Address.Parse(recipient.Address)))],
        (composed with { Read = token => ReadWhileOursAsync(work, composed, token) }).Content)
    {
        Message = composed.Message,
        LastLook = () => EnsureOurs(work),
    };

    /// <summary>
    /// Checked last when only the final dot is missing: a message may have waited long for a session, and a process may have been frozen.
    /// </summary>
    static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadWhileOursAsync(
        Work work, Composed composed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var piece in composed.Read(cancellationToken)) yield return piece;
        EnsureOurs(work);
    }

    static void EnsureOurs(Work work)
    {
        if (work.Tenure is { Holds: false }) throw new OperationCanceledException("The lease ran out before the message was handed over.");
    }

    static void Count(Relay relay, HandOverReport report, TimeSpan took)
    {
        var tag = Instruments.Tag("relay", relay.Name);
        Instruments.HandOver.Record(took.TotalSeconds, tag);
        foreach (var outcome in report.Outcomes.Values) Instruments.Outcomes.Add(1, tag, Instruments.Tag("outcome", outcome.Word));
    }

    [LoggerMessage(2107, LogLevel.Error, "Message {Id}: the transport threw, which it must not")]
    partial void LogDefect(MessageId id, Exception defect);
}

/// <summary>What came of a hand-over.</summary>
internal abstract record HandOverOutcome
{
    private HandOverOutcome() { }

    /// <summary>The transport says what the relay answered, or why it did not.</summary>
    public sealed record Reported(HandOverReport Report) : HandOverOutcome;

    /// <summary>The content could not be read to its end: nobody has the message, now or later.</summary>
    public sealed record Unreadable(InvalidDataException Reason) : HandOverOutcome;
}
