namespace Waybill.Engine.Messages;

/// <summary>Where a message stands when its acceptance is answered.</summary>
/// <param name="Id">Which message.</param>
/// <param name="Status">
/// Its status: <see cref="MessageStatus.Queued"/> when it waits for its turn, <see cref="MessageStatus.Sending"/> when its hand-over is
/// still going on after 30 s, else its last one; null when its stream kept nothing of it but a line in the log.
/// </param>
/// <param name="Reason">The relay's words, or why it stands where it stands.</param>
public sealed record Standing(MessageId Id, MessageStatus? Status, string? Reason);
