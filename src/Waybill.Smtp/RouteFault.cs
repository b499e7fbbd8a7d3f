using Waybill.Smtp.Replies;

namespace Waybill.Smtp;

/// <summary>Trouble with the way to a relay. It is not the message's, and should not count as one of its attempts.</summary>
/// <param name="Stage">How far the dialogue got.</param>
/// <param name="Sentence">What is wrong, for people; never a credential.</param>
/// <param name="Reply">The relay's reply, where there was one.</param>
public sealed record RouteFault(DialogueStage Stage, string Sentence, Reply? Reply = null);
