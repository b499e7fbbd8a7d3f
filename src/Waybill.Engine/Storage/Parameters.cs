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

    private protected abstract void AddId(Guid? value);

    private protected abstract void AddInstant(DateTimeOffset? value);

    private protected abstract void AddText(string? value);

    private protected abstract void AddNumber(long? value);

    private protected abstract void AddBytes(byte[]? value);
}
