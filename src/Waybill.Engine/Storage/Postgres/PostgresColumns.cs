using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Waybill.Engine.Storage.Postgres;

/// <summary>
/// The values of many rows, gathered column by column: one INSERT takes them as arrays, and the server parses, plans and answers once
/// and not once for each row.
/// </summary>
internal sealed partial class PostgresColumns(int rows) : Parameters
{
    static readonly ConcurrentDictionary<string, string> Rewritten = new(StringComparer.Ordinal);

    readonly List<(IList Values, NpgsqlDbType Type)> columns = [];
    int next;

    public PostgresColumns NextRow()
    {
        next = 0;
        return this;
    }

    /// <summary>
    /// The INSERT of one row as one of many: <c>VALUES ($1, 'x')</c> becomes <c>SELECT p1, 'x' FROM unnest($1) AS given (p1)</c>.
    /// </summary>
    public string InsertAll(string insert) => Rewritten.GetOrAdd(insert, Rewrite);

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var (values,
            type) in columns) parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
    }

    private protected override void AddId(Guid? value) => Add(value, NpgsqlDbType.Uuid);

    private protected override void AddInstant(DateTimeOffset? value) => Add(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    private protected override void AddDay(DateOnly? value) => Add(value, NpgsqlDbType.Date);

    private protected override void AddFlag(bool value) => Add(value, NpgsqlDbType.Boolean);

    private protected override void AddText(string? value) => Add(value, NpgsqlDbType.Text);

    private protected override void AddNumber(long? value) => Add(value, NpgsqlDbType.Bigint);

    private protected override void AddBytes(byte[]? value) => Add(value, NpgsqlDbType.Bytea);

    void Add<T>(T value, NpgsqlDbType type)
    {
        if (next == columns.Count) columns.Add((new List<T>(rows), type));
        ((List<T>)columns[next++].Values).Add(value);
    }

    string Rewrite(string insert)
    {
        var parts = ValuesList().Match(insert);
        if (!parts.Success) throw new ArgumentException("An INSERT of many rows ends with one VALUES list.", nameof(insert));
        var numbers = Enumerable.Range(1, columns.Count).Select(n => n.ToString(CultureInfo.InvariantCulture)).ToArray();
        return $"{parts.Groups["into"].Value}SELECT {parts.Groups["list"].Value.Replace('$', 'p')} "
            + $"FROM unnest({string.Join(", ", numbers.Select(n => "$" + n))}) AS given "
            + $"({string.Join(", ", numbers.Select(n => "p" + n))})";
    }

    [GeneratedRegex(@"^(?<into>INSERT INTO .*)VALUES \((?<list>[^()]*)\)\s*$", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex ValuesList();
}
