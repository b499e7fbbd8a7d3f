using Waybill.Engine.Outbox;

namespace Waybill.Engine.Specs.Databases;

/// <summary>Claims as a node would on which everybody has places.</summary>
internal static class ClaimingAlike
{
    /// <summary>Takes up to so many messages that are due, of a share those that have been due longest.</summary>
    public static async Task<IReadOnlyList<Claim>> ClaimAsync(this MessageOutbox outbox, int count, CancellationToken cancellationToken)
    {
        var queued = await outbox.Queue.LookAsync(count, cancellationToken);
        return await outbox.Queue.ClaimAsync(queued.Allot(count, (_, wanted) => wanted), cancellationToken);
    }

    /// <summary>As above, of the bus.</summary>
    public static async Task<IReadOnlyList<Engine.Bus.DeliveryClaim>> ClaimAsync(
        this Engine.Bus.EventBus bus, int count, CancellationToken cancellationToken)
    {
        var queued = await bus.Queue.LookAsync(count, cancellationToken);
        return await bus.Queue.ClaimAsync(queued.Allot(count, (_, wanted) => wanted), cancellationToken);
    }
}
