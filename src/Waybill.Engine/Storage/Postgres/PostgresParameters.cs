using Npgsql;
using NpgsqlTypes;

namespace Waybill.Engine.Storage.Postgres;

/// <summary>Ids as <c>uuid</c>, instants as <c>timestamptz</c>, days as <c>date</c>, yes and no as <c>boolean</c>.</summary>
internal sealed class PostgresParameters(NpgsqlParameterCollection parameters) : Parameters
{
    private protected override void AddId(Guid? value) => Add(value, NpgsqlDbType.Uuid);

    private protected override void AddInstant(DateTimeOffset? value) => Add(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    private protected override void AddDay(DateOnly? value) => Add(value, NpgsqlDbType.Date);

    private protected override void AddFlag(bool value) => Add(value, NpgsqlDbType.Boolean);

    private protected override void AddText(string? value) => Add(value, NpgsqlDbType.Text);

    private protected override void AddNumber(long? value) => Add(value, NpgsqlDbType.Bigint);

    private protected override void AddBytes(byte[]? value) => Add(value, NpgsqlDbType.Bytea);

    void Add(object? value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
