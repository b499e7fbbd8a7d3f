using System.Data.Common;
using System.Globalization;

namespace Waybill.Engine.Storage;

/// <summary>The current row of an answer, read by position in the order that the statement names its columns.</summary>
public abstract class Row
{
    /// <summary>How a day is written.</summary>
    internal const string DayFormat = "yyyy-MM-dd";

    private protected abstract DbDataReader Reader { get; }

    /// <summary>Whether nothing stands in a column.</summary>
    public bool IsNull(int column) => Reader.IsDBNull(column);

    /// <summary>Reads an id.</summary>
    public abstract Guid Id(int column);

    /// <summary>Reads an instant.</summary>
    public abstract DateTimeOffset Instant(int column);

    /// <summary>Reads an instant that may be missing.</summary>
    public DateTimeOffset? InstantOrNull(int column) => Reader.IsDBNull(column) ? null : Instant(column);

    /// <summary>Reads an id that may be missing.</summary>
    public Guid? IdOrNull(int column) => Reader.IsDBNull(column) ? null : Id(column);

    /// <summary>Reads a text.</summary>
    public string Text(int column) => Reader.GetString(column);

    /// <summary>Reads a text that may be missing.</summary>
    public string? TextOrNull(int column) => Reader.IsDBNull(column) ? null : Reader.GetString(column);

    /// <summary>Reads a whole number.</summary>
    public long Number(int column) => Reader.GetInt64(column);

    /// <summary>Reads a whole number that may be missing.</summary>
    public long? NumberOrNull(int column) => Reader.IsDBNull(column) ? null : Reader.GetInt64(column);

    /// <summary>Reads a whole number of 32 bits.</summary>
    public int Count(int column) => checked((int)Reader.GetInt64(column));

    /// <summary>Reads a day that may be missing.</summary>
    public virtual DateOnly? DayOrNull(int column) =>
        TextOrNull(column) is { } text ? DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture) : null;

    /// <summary>Reads a yes or no: a number that is kept, or what a condition came to.</summary>
    public virtual bool Flag(int column) => Number(column) == 1;

    /// <summary>Reads an amount or a measure, kept to the hundredth, that may be missing.</summary>
    public decimal? HundredthsOrNull(int column) => NumberOrNull(column) is { } known ? known / 100m : null;

    /// <summary>Reads bytes.</summary>
    public byte[] Bytes(int column) => Reader.GetFieldValue<byte[]>(column);

    /// <summary>Reads bytes that may be missing.</summary>
    public byte[]? BytesOrNull(int column) => Reader.IsDBNull(column) ? null : Bytes(column);
}
