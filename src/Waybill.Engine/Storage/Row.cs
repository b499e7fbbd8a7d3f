using System.Data.Common;

namespace Waybill.Engine.Storage;

/// <summary>The current row of an answer, read by position in the order that the statement names its columns.</summary>
public abstract class Row
{
    private protected abstract DbDataReader Reader { get; }

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

    /// <summary>Reads bytes.</summary>
    public byte[] Bytes(int column) => Reader.GetFieldValue<byte[]>(column);

    /// <summary>Reads bytes that may be missing.</summary>
    public byte[]? BytesOrNull(int column) => Reader.IsDBNull(column) ? null : Bytes(column);
}
