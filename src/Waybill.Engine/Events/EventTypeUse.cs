namespace Waybill.Engine.Events;

/// <summary>How often events of a type came, and when the last one did.</summary>
/// <param name="Type">The type.</param>
/// <param name="Count">How many, among those that were looked at.</param>
/// <param name="LastAt">When the last one was accepted; null: none was.</param>
public sealed record EventTypeUse(string Type, int Count, DateTimeOffset? LastAt);
