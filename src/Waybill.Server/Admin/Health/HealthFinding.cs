using Waybill.Screens.Framing;

namespace Waybill.Server.Admin.Health;

/// <summary>What one check of the health page found.</summary>
/// <param name="Check">The check's word, as in <c>disk</c>.</param>
/// <param name="Tone">Good, Held (a person should look) or Bad.</param>
/// <param name="Case">Which sentence of the check says it: the text is <c>health.{Check}.{Case}</c>, what to do
/// <c>health.{Check}.{Case}.advice</c>.</param>
/// <param name="Arguments">What the sentence tells.</param>
public sealed record HealthFinding(string Check, Tone Tone, string Case, params IReadOnlyList<object?> Arguments)
{
    /// <summary>Words that are not ours, such as a relay's reply.</summary>
    public string? Quoted { get; init; }
}
