using Waybill.Screens.Framing;

namespace Waybill.Screens.Parts;

/// <summary>One thing that a plot shows over time.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tone">Its colour; no two of a plot share one.</param>
/// <param name="Values">A value for each time of the plot; none is negative.</param>
public sealed record PlotSeries(string Name, Tone Tone, IReadOnlyList<double> Values);
