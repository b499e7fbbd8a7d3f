namespace Waybill.Screens.Parts;

/// <summary>What came of a test mail.</summary>
/// <param name="IsGood">Whether it was taken.</param>
/// <param name="Sentence">What became of it, in the relay's words where it spoke.</param>
/// <param name="Dialogue">The dialogue, where there was one.</param>
/// <param name="Message">The message's id; null: there is none.</param>
public sealed record TestOutcome(bool IsGood, string Sentence, string? Dialogue, string? Message);
