using System.Diagnostics;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Smtp;
using Waybill.Smtp.Replies;

namespace Waybill.Engine.Relays;

/// <summary>Hands messages to a relay over SMTP.</summary>
public sealed class SmtpTransport(RelayEndpoint endpoint, SessionPoolLimits limits, TimeProvider clock) : ITransport
{
    readonly SessionPool pool = new(endpoint, limits, clock);

    /// <summary>Where the relay is.</summary>
    internal RelayEndpoint Endpoint => endpoint;

    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public string Sentence => $"Mail goes to the relay {endpoint}.";

    /// <inheritdoc/>
    public async Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        var envelope = new Envelope(parcel.ReversePath, [.. parcel.Recipients.Select(recipient => recipient.Address)]);
        var handOver = await pool.HandOverAsync(envelope, Telling(parcel), cancellationToken);
        var outcomes = new Dictionary<int, AttemptOutcome>(parcel.Recipients.Count);
        for (var i = 0; i < parcel.Recipients.Count; i++) outcomes.Add(parcel.Recipients[i].Position, Outcome(handOver.Outcomes[i]));
        return new(outcomes, handOver.Dialogue) { Unreached = Unreached(handOver.RouteFault) };
    }

    /// <summary>The content is read once the relay said 354.</summary>
    static MessageContent Telling(Parcel parcel) => new(parcel.Content.Length, token =>
    {
        parcel.Reached();
        return parcel.Content.Read(token);
    })
    {
        NeedsSmtpUtf8 = parcel.Content.NeedsSmtpUtf8,
    };

    static AttemptOutcome Outcome(RecipientOutcome outcome) => outcome switch
    {
        RecipientOutcome.Accepted => new AttemptOutcome.Accepted(outcome.Reason),
        RecipientOutcome.Deferred(var reply, _) => new AttemptOutcome.Deferred(outcome.Reason) { Cause = Cause(reply) },
        RecipientOutcome.Refused => new AttemptOutcome.Refused(outcome.Reason),
        RecipientOutcome.Unknown => new AttemptOutcome.Unknown(outcome.Reason),
        _ => throw new UnreachableException($"No outcome for {outcome.GetType().Name}."),
    };

    /// <summary>A relay that says no is there.</summary>
    static string? Unreached(RouteFault? fault) => fault is { Stage: < DialogueStage.Sender, Reply: null } ? fault.Sentence : null;

    /// <summary>A 5yz that only defers was said to us and not of the message, as when we could not sign in.</summary>
    static Deferral Cause(Reply? reply) => reply switch
    {
        null => Deferral.Network,
        { Code: >= 500 } => Deferral.RouteRefused,
        _ => Deferral.TemporaryReply,
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
