using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

internal sealed class SqliteRow(SqliteDataReader reader) : Row
{
    private protected override DbDataReader Reader => reader;

    public override Guid Id(int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    public override DateTimeOffset Instant(int column) => Micros.ToInstant(reader.GetInt64(column));
}
