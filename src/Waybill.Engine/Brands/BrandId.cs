using System.Diagnostics.CodeAnalysis;

namespace Waybill.Engine.Brands;

/// <summary>Names one brand. A UUIDv7, written in lower case with dashes on every wire.</summary>
public readonly record struct BrandId(Guid Value) : IParsable<BrandId>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static BrandId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static BrandId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BrandId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new BrandId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
