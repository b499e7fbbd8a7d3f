namespace Waybill.Engine.Relays;

/// <summary>What one stage of a connection test came to.</summary>
/// <param name="Stage">name, connect, greeting, hello, tls, sign_in, sender; key for Resend's API; none where nothing is connected.</param>
/// <param name="IsGood">Whether it went well; the first that did not is the last.</param>
/// <param name="Said">In the relay's own words where it spoke.</param>
/// <param name="Hint">What to do about it; null when nothing is to be done, or nobody knows.</param>
public sealed record TestedStage(string Stage, bool IsGood, string Said, string? Hint = null);
