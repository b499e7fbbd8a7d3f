using System.Diagnostics.CodeAnalysis;

namespace Waybill.Engine.Audit;

/// <summary>Names one person. A UUIDv7, written in lower case with dashes.</summary>
public readonly record struct PersonId(Guid Value) : IParsable<PersonId>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static PersonId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static PersonId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PersonId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new PersonId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
