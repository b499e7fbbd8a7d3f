namespace Waybill.Screens.Framing;

/// <summary>What is wrong with a field of a form.</summary>
/// <param name="Field">The field's name; empty: the form as a whole.</param>
/// <param name="Text">A sentence in the visitor's language.</param>
public sealed record Fault(string Field, string Text);
