using System.Globalization;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Routing;

/// <summary>The settings of streams as the table keeps them: a column is NULL where the default holds.</summary>
internal static class StreamRows
{
    const string Columns = "name, attempts, waits, jitter, kept_days, unsubscribe, retry_once";

    public static ValueTask<List<(string Name, StreamSettings Settings)>> ReadAsync(Session session, CancellationToken cancellationToken) =>
        session.QueryAsync($"SELECT {Columns} FROM streams", _ => { }, Read, cancellationToken);

    /// <summary>The settings of one stream, whose row is ours until the COMMIT: two who change it at once do not undo each other.</summary>
    public static async ValueTask<StreamSettings> HoldAsync(Session session, string name, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "INSERT INTO streams (name, changed_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET changed_at = excluded.changed_at",
            p => p.Text(name).Instant(now),
            CancellationToken.None);
        return (await session.FirstAsync(
            $"SELECT {Columns} FROM streams WHERE name = $1", p => p.Text(name), Read, CancellationToken.None)).Settings!;
    }

    public static ValueTask<int> WriteAsync(Session session, string name, StreamSettings settings) => session.ExecuteAsync(
        "UPDATE streams SET attempts = $2, waits = $3, jitter = $4, kept_days = $5, unsubscribe = $6, retry_once = $7 WHERE name = $1",
        p => p.Text(name).Number(settings.Attempts).Text(Words(settings.Waits))
            .Number(settings.Jitter is { } jitter ? (long)Math.Round(jitter * 1000) : null)
            .Number(settings.Kept switch { Kept.For(var days) => days, Kept.ForEver => 0, _ => null })
            .Number(Bit(settings.OffersUnsubscribe)).Number(Bit(settings.RetryOnceOnConnectionFault)),
        CancellationToken.None);

    static (string Name, StreamSettings Settings) Read(Row row) => (row.Text(0), new StreamSettings
    {
        Attempts = row.NumberOrNull(1) is { } attempts ? checked((int)attempts) : null,
        Waits = row.TextOrNull(2) is { } waits ? Waits(waits) : null,
        Jitter = row.NumberOrNull(3) / 1000.0,
        Kept = row.NumberOrNull(4) switch { null => null, 0 => new Kept.ForEver(), var days => new Kept.For(checked((int)days)) },
        OffersUnsubscribe = row.NumberOrNull(5) is { } unsubscribe ? unsubscribe == 1 : null,
        RetryOnceOnConnectionFault = row.NumberOrNull(6) is { } once ? once == 1 : null,
    });

    static string? Words(IReadOnlyList<TimeSpan>? waits) => waits is null
        ? null
        : string.Join(' ', waits.Select(wait => ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));

    static IReadOnlyList<TimeSpan> Waits(string words) =>
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => TimeSpan.FromMilliseconds(long.Parse(word, CultureInfo.InvariantCulture)))];

    static long? Bit(bool? value) => value switch { null => null, true => 1, false => 0 };
}
