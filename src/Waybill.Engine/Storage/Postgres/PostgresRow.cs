using System.Data.Common;
using Npgsql;

namespace Waybill.Engine.Storage.Postgres;

internal sealed class PostgresRow(NpgsqlDataReader reader) : Row
{
    private protected override DbDataReader Reader => reader;

    public override Guid Id(int column) => reader.GetGuid(column);

    public override DateTimeOffset Instant(int column) => new(reader.GetDateTime(column));

    public override DateOnly? DayOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    public override bool Flag(int column) => reader.GetBoolean(column);
}
