using Waybill.Documents.Fonts;

namespace Waybill.Documents.Pdf;

/// <summary>How a text is set.</summary>
/// <param name="Face">Of the font.</param>
/// <param name="Size">In points.</param>
/// <param name="Gray">From 0, black, to 1, white.</param>
public sealed record TextStyle(Face Face, double Size, double Gray = 0);
