using Waybill.Engine.Accepting;
using Waybill.Engine.Audit;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Interventions;

/// <summary>
/// Where people decide what becomes of a message. Each decision is one unit of work: the transition, a line of the timeline and one of the
/// audit, or nothing.
/// </summary>
public sealed class MessageDesk(IDatabase database, MessageIntake intake, AuditTrail audit, Wakeup wakeup, TimeProvider clock)
{
    /// <summary>Does it, if it can be done as the message stands.</summary>
    public async Task<InterventionOutcome> DoAsync(
        Intervention intervention, TenantId tenant, MessageId id, Actor who, CancellationToken cancellationToken)
    {
        var (outcome, repeated) = await database.WriteAsync(
            intervention.Word(), session => DoAsync(session, intervention, tenant, id, who), cancellationToken);
        if (repeated is not null) intake.Wake([repeated]);
        else if (outcome is InterventionOutcome.Done) wakeup.Signal();
        return outcome;
    }

    async ValueTask<(InterventionOutcome Outcome, ClearedMessage? Repeated)> DoAsync(
        Session session, Intervention intervention, TenantId tenant, MessageId id, Actor who)
    {
        if (await MessageJournal.FindAsync(session, tenant, id, CancellationToken.None) is not var (message, snapshot))
            return (new InterventionOutcome.Missing(), null);
        var notNow = (new InterventionOutcome.NotNow(message.Status), default(ClearedMessage));
        if (!InterventionRules.IsPossible(intervention, message, snapshot)) return notNow;
        var now = clock.GetUtcNow();
        if (intervention == Intervention.Resend) return await ResendAsync(session, message, snapshot, who, now);
        if ((await InterventionRows.ChangeAsync(session, intervention, [message], who.Name, now)).Count == 0) return notNow;
        await NoteAsync(session, intervention, message, who);
        return (new InterventionOutcome.Done(id), null);
    }

    /// <summary>The two messages name each other in their timelines.</summary>
    async ValueTask<(InterventionOutcome, ClearedMessage?)> ResendAsync(
        Session session, MessageRecord message, Snapshot snapshot, Actor who, DateTimeOffset now)
    {
        var again = Repetition.Of(message, snapshot);
        if (intake.Refusal([again]) is { Sentence: var sentence }) return (new InterventionOutcome.Refused(sentence), null);
        var cleared = (await MessageIntake.AppendAsync(session, [intake.Take(message.Tenant, again, mayBeInline: false)]))[0];
        if (!cleared.IsKept) return (new InterventionOutcome.Refused(cleared.Reason!), null);
        await TimelineRows.AppendAsync(
            session,
            [
                new(message.Id, now, "resent", $"as {cleared.Message.Id} by {who.Name}"),
                new(cleared.Message.Id, cleared.Message.AcceptedAt.AddMicroseconds(2), "resend", $"of {message.Id} by {who.Name}"),
            ]);
        await NoteAsync(session, Intervention.Resend, message, who);
        return (new InterventionOutcome.Done(cleared.Message.Id), cleared);
    }

    ValueTask NoteAsync(Session session, Intervention intervention, MessageRecord message, Actor who) => audit.AppendAsync(
        session, who, message.Tenant, "messages." + intervention.Word(), $"{message.Id} · {message.Subject}");
}
