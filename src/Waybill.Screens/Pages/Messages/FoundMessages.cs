using Waybill.Engine.Journal;

namespace Waybill.Screens.Pages.Messages;

/// <summary>A page of the list.</summary>
/// <param name="Page">The messages, newest first.</param>
/// <param name="HasNewer">Whether there are newer ones.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
public sealed record FoundMessages(IReadOnlyList<MessageRecord> Page, bool HasNewer, bool HasOlder);
