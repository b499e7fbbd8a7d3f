using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;

namespace Waybill.Engine.Specs.Outbox;

/// <summary>Ends of attempts, as a delivery would record them.</summary>
internal static class Settling
{
    public static Settlement AsSent(PostOffice office, Claim claim) =>
        With(office, claim, new AttemptOutcome.Accepted("250 ok"), new Disposition.Settled(MessageStatus.Sent, "250 ok"));

    public static Settlement AsFailed(PostOffice office, Claim claim) =>
        With(
            office, claim, new AttemptOutcome.Refused("550 no such user"),
            new Disposition.Settled(MessageStatus.Failed, "550 no such user"));

    public static Settlement ForRetry(PostOffice office, Claim claim, TimeSpan wait) =>
        With(office, claim, new AttemptOutcome.Deferred("450 later"), new Disposition.RetryAfter(wait, "450 later"));

    public static Settlement As(PostOffice office, Claim claim, MessageStatus status) =>
        With(office, claim, new AttemptOutcome.Accepted("as told"), new Disposition.Settled(status, "as told"));

    static Settlement With(PostOffice office, Claim claim, AttemptOutcome outcome, Disposition disposition) => new(
        claim, office.Clock.GetUtcNow(), new Dictionary<int, AttemptOutcome> { [0] = outcome }, disposition, outcome, "S: the dialogue");
}
