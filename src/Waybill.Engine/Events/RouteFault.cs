namespace Waybill.Engine.Events;

/// <summary>A route that should have caused a message and could not. The event is accepted all the same.</summary>
/// <param name="Route">Which route.</param>
/// <param name="Reason">What was wrong, in a sentence.</param>
public sealed record RouteFault(Guid Route, string Reason);
