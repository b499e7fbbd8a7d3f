using Waybill.Engine.Events;

namespace Waybill.Screens.Pages.Events;

/// <summary>One type of events, and what each of them sets off.</summary>
/// <param name="Use">How often it came.</param>
/// <param name="Routes">The routes that wait for it.</param>
/// <param name="Handlers">The subscriptions that hear of it.</param>
public sealed record EventTypeLine(EventTypeUse Use, IReadOnlyList<EventRoute> Routes, IReadOnlyList<string> Handlers);
