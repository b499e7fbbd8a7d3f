using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>Ids as 16 bytes in network order, instants as microseconds since 1970 UTC; both sort as they should.</summary>
internal sealed class SqliteParameters(SqliteCommand command) : Parameters
{
    int next;

    /// <summary>Starts over for the next row of a prepared statement.</summary>
    public SqliteParameters Rewind()
    {
        next = 0;
        return this;
    }

    private protected override void AddId(Guid? value) => Set(value?.ToByteArray(bigEndian: true), SqliteType.Blob);

    private protected override void AddInstant(DateTimeOffset? value) => Set(value is { } at ? Micros.From(at) : null, SqliteType.Integer);

    private protected override void AddText(string? value) => Set(value, SqliteType.Text);

    private protected override void AddNumber(long? value) => Set(value, SqliteType.Integer);

    private protected override void AddBytes(byte[]? value) => Set(value, SqliteType.Blob);

    void Set(object? value, SqliteType type)
    {
        if (next == command.Parameters.Count)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (next + 1).ToString(CultureInfo.InvariantCulture) });
        var parameter = command.Parameters[next++];
        parameter.SqliteType = type;
        parameter.Value = value ?? DBNull.Value;
    }
}
