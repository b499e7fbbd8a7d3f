using System.Text.Json;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Tables;

/// <summary>
/// How values of a type are stored. It is the same for both databases: what differs is in <see cref="Parameters"/> and <see cref="Row"/>.
/// </summary>
static class Kind
{
    static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(Guid)] = new Kind<Guid>((p, value) => p.Id(value), (row, at) => row.Id(at)),
        [typeof(Guid?)] = new Kind<Guid?>((p, value) => p.Id(value), (row, at) => row.IdOrNull(at)),
        [typeof(TenantId)] = new Kind<TenantId>((p, value) => p.Id(value.Value), (row, at) => new(row.Id(at))),
        [typeof(MessageId)] = new Kind<MessageId>((p, value) => p.Id(value.Value), (row, at) => new(row.Id(at))),
        [typeof(DateTimeOffset)] = new Kind<DateTimeOffset>((p, value) => p.Instant(value), (row, at) => row.Instant(at)),
        [typeof(DateTimeOffset?)] = new Kind<DateTimeOffset?>((p, value) => p.Instant(value), (row, at) => row.InstantOrNull(at)),
        [typeof(DateOnly)] = new Kind<DateOnly>((p, value) => p.Day(value), (row, at) => row.DayOrNull(at)!.Value),
        [typeof(DateOnly?)] = new Kind<DateOnly?>((p, value) => p.Day(value), (row, at) => row.DayOrNull(at)),
        [typeof(bool)] = new Kind<bool>((p, value) => p.Flag(value), (row, at) => row.Flag(at)),
        [typeof(int)] = new Kind<int>((p, value) => p.Number(value), (row, at) => row.Count(at)),
        [typeof(long)] = new Kind<long>((p, value) => p.Number(value), (row, at) => row.Number(at)),
        [typeof(decimal)] = new Kind<decimal>((p, value) => p.Hundredths(value), (row, at) => row.HundredthsOrNull(at)!.Value),
        [typeof(decimal?)] = new Kind<decimal?>((p, value) => p.Hundredths(value), (row, at) => row.HundredthsOrNull(at)),
        [typeof(string)] = new Kind<string>((p, value) => p.Text(value), (row, at) => row.TextOrNull(at)!),
        [typeof(byte[])] = new Kind<byte[]>((p, value) => p.Bytes(value), (row, at) => row.BytesOrNull(at)!),
    };

    /// <summary>Whether values of a type stand in one column.</summary>
    internal static bool IsKnown(Type type) => Known.ContainsKey(type) || type.IsEnum;

    internal static Kind<TValue> Find<TValue>() => Known.TryGetValue(typeof(TValue), out var known) ? (Kind<TValue>)known
        : typeof(TValue).IsEnum ? Words<TValue>()
        : throw new InvalidOperationException($"Nothing says how a {typeof(TValue).Name} is stored.");

    /// <summary>The word of an enumeration is its member's name: <c>OneOff</c> is <c>one_off</c>.</summary>
    static Kind<TValue> Words<TValue>()
    {
        var words = Enum.GetValues(typeof(TValue)).Cast<object>().ToDictionary(value => value, value => Name(value.ToString()!));
        var values = words.ToDictionary(one => one.Value, one => one.Key, StringComparer.Ordinal);
        return new((p, value) => p.Text(words[value!]), (row, at) => (TValue)values[row.Text(at)]);
    }

    /// <summary>The name of a column: <c>ReceiptNumber</c> is <c>receipt_number</c>.</summary>
    internal static string Name(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}

/// <summary>How values of one type are stored.</summary>
sealed record Kind<TValue>(Action<Parameters, TValue> Write, Func<Row, int, TValue> Read)
{
    internal static Kind<TValue> Standard { get; } = Kind.Find<TValue>();
}
