using System.Diagnostics.CodeAnalysis;

namespace Waybill.Engine.Accounts;

/// <summary>Names one session; it is not what the cookie holds. A UUIDv7, written in lower case with dashes.</summary>
public readonly record struct SessionId(Guid Value) : IParsable<SessionId>
{
    /// <summary>A new id that sorts after the ones made before it.</summary>
    public static SessionId New(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()));

    /// <inheritdoc/>
    public static SessionId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not an id.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SessionId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new SessionId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
