using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Interventions;

/// <summary>What can be done to a message as it stands. Pure; the statements that do it are guarded all the same.</summary>
public static class InterventionRules
{
    /// <summary>All that can be done now, in the order in which it is offered.</summary>
    public static IReadOnlyList<Intervention> Possible(MessageRecord message, Snapshot snapshot) =>
        [.. Enum.GetValues<Intervention>().Where(intervention => IsPossible(intervention, message, snapshot))];

    static bool IsPossible(Intervention intervention, MessageRecord message, Snapshot snapshot) => intervention switch
    {
        Intervention.Cancel => message.Status == MessageStatus.Scheduled || message is { Status: MessageStatus.Queued, WaitsForRetry: false },
        Intervention.Stop => message is { Status: MessageStatus.Queued, WaitsForRetry: true },
        Intervention.Retry => IsOver(message) && message.Recipients.Any(IsWithoutIt) && CanBeComposed(snapshot),
        Intervention.ReleaseAsSent => message.Status == MessageStatus.Held,
        Intervention.ReleaseToRetry => message.Status == MessageStatus.Held && CanBeComposed(snapshot),
        _ => message.Recipients.Any(HasAddress) && CanBeComposed(snapshot),
    };

    /// <summary>Its secret values, if it had any, are still there: they are erased once it was sent or given up.</summary>
    public static bool CanBeComposed(Snapshot snapshot) => snapshot.Inputs.Origin is not { HasSecrets: true } || snapshot.Sealed is not null;

    /// <summary>Given up, or handed over to some only.</summary>
    static bool IsOver(MessageRecord message) =>
        message.Status is MessageStatus.Failed or MessageStatus.Sent or MessageStatus.Suppressed or MessageStatus.DroppedNoSmtp;

    static bool IsWithoutIt(RecipientRecord recipient) => recipient.Status != "accepted" && HasAddress(recipient);

    internal static bool HasAddress(RecipientRecord recipient) => Address.TryParse(recipient.Address, out _, out _);
}
