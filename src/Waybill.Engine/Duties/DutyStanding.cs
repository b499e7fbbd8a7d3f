namespace Waybill.Engine.Duties;

/// <summary>How a duty stands: of a duty under a term the same on every node, else of this node.</summary>
/// <param name="Name">The duty's name.</param>
/// <param name="IsUnderTerm">Whether one node at a time does it.</param>
/// <param name="Node">The node that does it now; null: none, or it is done on every node.</param>
/// <param name="LastRun">When the newest run began; null: none yet.</param>
/// <param name="NextRun">When it is due; null: at once.</param>
/// <param name="Error">Why a run last failed; null: none did.</param>
/// <param name="FailedAt">When a run last failed.</param>
/// <param name="IsFailing">Whether the newest run that ended failed.</param>
/// <param name="IsOverdue">Whether a run on this node was cancelled at its limit and has not ended.</param>
public sealed record DutyStanding(
    string Name, bool IsUnderTerm, string? Node, DateTimeOffset? LastRun, DateTimeOffset? NextRun, string? Error, DateTimeOffset? FailedAt,
    bool IsFailing, bool IsOverdue)
{
    internal static DutyStanding Of(Duty duty, DutyRow? row, bool isOverdue) => new(
        duty.Name, duty.UnderTerm, row?.Node, row?.StartedAt, row?.DueAt, row?.Error, row?.FailedAt,
        row is { FailedAt: { } failed } && failed == row.EndedAt, isOverdue);
}
