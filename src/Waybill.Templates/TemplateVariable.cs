using System.Text.Json;

namespace Waybill.Templates;

/// <summary>A variable that a template declares.</summary>
/// <param name="Path">Its place in the data: customer.name; what each item of a list holds: items[].price.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether a message without it is refused.</param>
public sealed record TemplateVariable(string Path, VariableType Type, bool IsRequired)
{
    /// <summary>Whether it is encrypted, masked, and erased when it was used or has expired.</summary>
    public bool IsSecret { get; init; }

    /// <summary>How long a secret is kept when nobody uses it; null: 7 days.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>What previews and checks use.</summary>
    public JsonElement? Sample { get; init; }

    /// <summary>What stands for it where the data has none.</summary>
    public JsonElement? Fallback { get; init; }
}
