namespace Waybill.Screens.Framing;

/// <summary>One of several things to choose.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Text">What people read.</param>
/// <param name="Hint">A sentence below it; shown by radio buttons alone.</param>
public sealed record Choice(string Value, string Text, string? Hint = null);
