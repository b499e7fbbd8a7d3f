using Waybill.Engine.Messages;

namespace Waybill.Engine.Interventions;

/// <summary>What an intervention on all that a filter means came to.</summary>
/// <param name="Done">How many messages were changed.</param>
/// <param name="Stayed">How many stood where it can be done and stay as they are: they changed meanwhile, or cannot be sent again.</param>
/// <param name="Left">How many were not come to; counting stops at <see cref="MassDesk.MostCounted"/>.</param>
/// <param name="Last">The last one that was looked at, behind which it goes on; null: none.</param>
public sealed record MassReport(int Done, int Stayed, int Left, MessageId? Last);
