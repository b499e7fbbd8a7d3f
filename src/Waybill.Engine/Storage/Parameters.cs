using System.Globalization;

namespace Waybill.Engine.Storage;

/// <summary>
/// The values of <c>$1</c>, <c>$2</c>, … of one statement, added in order. Each dialect stores ids and instants its own way
/// (architecture §2, Formats); callers never see which.
/// </summary>
public abstract class Parameters
{
    /// <summary>Adds an id.</summary>
    public Parameters Id(Guid? value) { AddId(value); return this; }

    /// <summary>Adds an instant, kept to the microsecond.</summary>
    public Parameters Instant(DateTimeOffset? value) { AddInstant(value); return this; }

    /// <summary>Adds a text.</summary>
    public Parameters Text(string? value) { AddText(value); return this; }

    /// <summary>Adds a whole number.</summary>
    public Parameters Number(long? value) { AddNumber(value); return this; }

    /// <summary>Adds bytes.</summary>
    public Parameters Bytes(byte[]? value) { AddBytes(value); return this; }

    /// <summary>Adds a day.</summary>
    public Parameters Day(DateOnly? value) { AddDay(value); return this; }

    /// <summary>Adds a yes or no.</summary>
    public Parameters Flag(bool value) { AddFlag(value); return this; }

    /// <summary>Adds an amount or a measure, kept to the hundredth.</summary>
    public Parameters Hundredths(decimal? value) =>
        Number(value is { } known ? decimal.ToInt64(decimal.Round(known * 100, MidpointRounding.AwayFromZero)) : null);

    private protected abstract void AddId(Guid? value);

    /// <summary>Where there is no type for days, as text.</summary>
    private protected virtual void AddDay(DateOnly? value) => AddText(value?.ToString(Row.DayFormat, CultureInfo.InvariantCulture));

    /// <summary>Where there is no type for a yes or no, as a number.</summary>
    private protected virtual void AddFlag(bool value) => AddNumber(value ? 1 : 0);

    private protected abstract void AddInstant(DateTimeOffset? value);

    private protected abstract void AddText(string? value);

    private protected abstract void AddNumber(long? value);

    private protected abstract void AddBytes(byte[]? value);
}
