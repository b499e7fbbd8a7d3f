namespace Waybill.Screens.Framing;

/// <summary>One side of a thing: a link, not a script.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Its address.</param>
/// <param name="IsCurrent">Whether it is the one shown.</param>
/// <param name="Count">How many things are on it; null shows nothing.</param>
public sealed record Tab(string Text, string Href, bool IsCurrent = false, int? Count = null);
