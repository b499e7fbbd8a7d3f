using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Messages;

namespace Waybill.Server.Admin.Messages;

/// <summary>Gathers what a page shows of a message: one line of time from the event that caused it to where it stands.</summary>
internal sealed class MessageViews(MessageJournal journal, EventJournal events)
{
    static readonly MessageStatus[] Trouble =
        [MessageStatus.Failed, MessageStatus.Held, MessageStatus.Bounced, MessageStatus.Complained, MessageStatus.Suppressed,
            MessageStatus.DroppedNoSmtp, MessageStatus.SkippedNoEmail];

    /// <summary>A tenant's message; null when it has none of that id.</summary>
    public async Task<MessageView?> FindAsync(Tenant tenant, string id, CancellationToken cancellationToken)
    {
        if (!MessageId.TryParse(id, null, out var message)
            || await journal.FindAsync(tenant.Id, message, cancellationToken) is not { } found
            || await journal.FindSnapshotAsync(tenant.Id, message, cancellationToken) is not { } snapshot) return null;
        var steps = await journal.TimelineAsync(tenant.Id, message, cancellationToken);
        var attempts = await journal.AttemptsAsync(tenant.Id, message, cancellationToken);
        var cause = found.EventId is { } e ? await CauseAsync(tenant, found.Id, new EventKey(e), cancellationToken) : null;
        var happenings = Advised(found, [.. steps.Select(step => Happened(tenant, step, attempts))]);
        return new(found, snapshot, cause is null ? happenings : [cause, .. happenings]);
    }

    async Task<Happening?> CauseAsync(Tenant tenant, MessageId message, EventKey key, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(tenant.Id, key, cancellationToken) is not { } cause) return null;
        var effects = await events.EffectsAsync(tenant.Id, key, cancellationToken);
        return new(cause.AcceptedAt, cause.Type, cause.Subject is null ? cause.Source : $"{cause.Source} · {cause.Subject}")
        {
            Links =
            [
                new($"event {key}", $"/admin/t/{tenant.Name}/events/{key}"),
                .. effects.Messages.Where(other => other.Id != message)
                .Select(other => new HappeningLink($"{other.Stream} · {other.Status.Word()}", Path(tenant, other.Id))),
            ],
        };
    }

    static Happening Happened(Tenant tenant, TimelineStep step, List<AttemptRecord> attempts)
    {
        var attempt = step.Step.StartsWith("attempt ", StringComparison.Ordinal) ? attempts.Find(one => one.StartedAt == step.At) : null;
        return new(step.At, step.Step, step.Detail)
        {
            Tone = MessageStatusWords.Find(step.Step) is { } status ? ToneOf(status) : null,
            Reply = attempt?.Reply,
            Dialogue = attempt?.Dialogue,
            Links = step.Step is "resent" or "resend" && IdIn(step.Detail) is { } other ? [new(other.ToString(), Path(tenant, other))] : [],
        };
    }

    /// <summary>What to do stands on the line where it went wrong, once.</summary>
    static List<Happening> Advised(MessageRecord message, List<Happening> happenings)
    {
        var last = happenings.FindLastIndex(
            one => one.Step is "deferred" or "unknown" || (MessageStatusWords.Find(one.Step) is { } status && Trouble.Contains(status)));
        if (last >= 0 && Advice.For(message.Status, message.Reason) is { } advice)
            happenings[last] = happenings[last] with { Advice = advice };
        return happenings;
    }

    static Tone? ToneOf(MessageStatus status) => status switch
    {
        MessageStatus.Sent or MessageStatus.Delivered => Tone.Good,
        MessageStatus.Held => Tone.Held,
        MessageStatus.Suppressed or MessageStatus.Canceled or MessageStatus.SkippedNoEmail => Tone.Stopped,
        MessageStatus.Failed or MessageStatus.Bounced or MessageStatus.Complained or MessageStatus.DroppedNoSmtp => Tone.Bad,
        _ => null,
    };

    static MessageId? IdIn(string detail)
    {
        foreach (var word in detail.Split(' '))
            if (MessageId.TryParse(word, null, out var id)) return id;
        return null;
    }

    static string Path(Tenant tenant, MessageId message) => $"/admin/t/{tenant.Name}/messages/{message}";
}
