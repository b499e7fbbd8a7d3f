namespace Waybill.Screens.Framing;

/// <summary>A sentence about what was done just now.</summary>
/// <param name="Tone">Whether it went well.</param>
/// <param name="Text">A sentence in the visitor's language.</param>
public sealed record Notice(Tone Tone, string Text);
