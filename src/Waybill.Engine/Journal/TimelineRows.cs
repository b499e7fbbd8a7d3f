using Waybill.Engine.Messages;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Journal;

/// <summary>One thing that happened to a message, in the words that the timeline shows.</summary>
public sealed record TimelineStep(MessageId Message, DateTimeOffset At, string Step, string Detail);

/// <summary>The timeline is append-only.</summary>
internal static class TimelineRows
{
    public static async ValueTask AppendAsync(Session session, IReadOnlyList<TimelineStep> steps) => await session.InsertManyAsync(
        "INSERT INTO timeline (message_id, id, at, step, detail) VALUES ($1, $2, $3, $4, $5)",
        steps,
        (p, step) => p.Id(step.Message.Value).Id(Guid.CreateVersion7(step.At)).Instant(step.At).Text(step.Step).Text(step.Detail),
        CancellationToken.None);
}
