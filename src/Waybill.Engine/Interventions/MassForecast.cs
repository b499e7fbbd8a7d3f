using Waybill.Engine.Journal;

namespace Waybill.Engine.Interventions;

/// <summary>What an intervention on all that a filter means would come to as things stand; nothing is changed by asking.</summary>
/// <param name="Matching">How many messages the filter means.</param>
/// <param name="IsMatchingMore">Whether it means more: counting stopped there.</param>
/// <param name="Fitting">How many of them it can be done to, at most as many as are done at once.</param>
/// <param name="IsFittingMore">Whether there are more of those.</param>
/// <param name="First">The oldest few of those that it can be done to.</param>
public sealed record MassForecast(int Matching, bool IsMatchingMore, int Fitting, bool IsFittingMore, IReadOnlyList<MessageRecord> First);
