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

    /// <summary>Where a message stands to which it can be done, as far as that alone decides.</summary>
    public static IReadOnlyList<MessageStatus> Statuses(Intervention intervention) => intervention switch
    {
        Intervention.Cancel => [MessageStatus.Scheduled, MessageStatus.Queued],
        Intervention.Stop => [MessageStatus.Queued],
        Intervention.Retry => [MessageStatus.Failed, MessageStatus.Sent, MessageStatus.Suppressed, MessageStatus.DroppedNoSmtp],
        Intervention.ReleaseAsSent or Intervention.ReleaseToRetry => [MessageStatus.Held],
        _ => Enum.GetValues<MessageStatus>(),
    };

    internal static bool IsPossible(Intervention intervention, MessageRecord message, Snapshot snapshot) =>
        Statuses(intervention).Contains(message.Status) && intervention switch
        {
            Intervention.Cancel => !message.WaitsForRetry,
            Intervention.Stop => message.WaitsForRetry,
            Intervention.Retry => message.Recipients.Any(IsWithoutIt) && CanBeComposed(snapshot),
            Intervention.ReleaseAsSent => true,
            Intervention.ReleaseToRetry => CanBeComposed(snapshot),
            _ => message.Recipients.Any(HasAddress) && CanBeComposed(snapshot),
        };

    /// <summary>Its secret values, if it had any, are still there: they are erased once it was sent or given up.</summary>
    public static bool CanBeComposed(Snapshot snapshot) =>
        snapshot.Inputs.Origin is not { HasSecrets: true } || snapshot.Sealed is not null;

    static bool IsWithoutIt(RecipientRecord recipient) => recipient.Status != "accepted" && HasAddress(recipient);

    internal static bool HasAddress(RecipientRecord recipient) => Address.TryParse(recipient.Address, out _, out _);
}
