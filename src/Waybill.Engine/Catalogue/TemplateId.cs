using System.Diagnostics.CodeAnalysis;

namespace Waybill.Engine.Catalogue;

/// <summary>Names one template. A UUIDv7, written in lower case with dashes on every wire.</summary>
public readonly record struct TemplateId(Guid Value) : IParsable<TemplateId>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static TemplateId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static TemplateId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TemplateId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new TemplateId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
