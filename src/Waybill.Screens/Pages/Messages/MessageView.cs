using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Screens.Framing;

namespace Waybill.Screens.Pages.Messages;

/// <summary>What a page shows of one message.</summary>
public sealed record MessageView(MessageRecord Message, Snapshot Snapshot, IReadOnlyList<Happening> Happenings)
{
    /// <summary>What can be done to it now.</summary>
    public IReadOnlyList<Intervention> Possible => InterventionRules.Possible(Message, Snapshot);

    /// <summary>Why it stands where it stands, where that is not a matter of course.</summary>
    public string? Remark => Message.Reason is { Length: > 0 } reason
        && (Message.Status != MessageStatus.Sent || Message.Recipients.Any(one => one.Status == "refused")) ? reason : null;

    /// <summary>Whether it will change by itself.</summary>
    public bool IsUnderWay => Message.Status is MessageStatus.Scheduled or MessageStatus.Queued or MessageStatus.Sending;

    /// <summary>Its subject, or that it has none.</summary>
    public string Title(PageFrame frame) => Message.Subject.Length > 0 ? Message.Subject : frame.T("messages.subject.none");

    /// <summary>A path below the message's.</summary>
    public string Href(PageFrame frame, string path = "") => frame.InTenant($"messages/{Message.Id}") + (path.Length > 0 ? "/" + path : "");

    /// <summary>The engine's word for a step in the visitor's language.</summary>
    public static string Word(PageFrame frame, Happening happening)
    {
        const string attempt = "attempt ";
        if (happening.Step.StartsWith(attempt, StringComparison.Ordinal))
            return frame.T("messages.attempt", happening.Step[attempt.Length..]);
        if (MessageStatusWords.Find(happening.Step) is { } status) return frame.T($"status.{status.Word()}");
        return happening.Step is "accepted" or "rescheduled" or "deferred" or "unknown" or "stopped" or "retried" or "released" or "resent"
            or "resend"
            ? frame.T($"step.{happening.Step}")
            : happening.Step;
    }
}
