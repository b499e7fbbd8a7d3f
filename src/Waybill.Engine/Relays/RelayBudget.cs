using System.Globalization;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Relays;

/// <summary>
/// Counts messages against a relay's daily and monthly caps, in the database, so that several nodes share them. A place is taken before a
/// hand-over and given back if the relay did not take the message.
/// </summary>
internal sealed class RelayBudget(IDatabase database, string relay, RelayLimits limits)
{
    const double WarnAt = 0.8;

    readonly Lock gate = new();
    string? warnedDay;
    string? warnedMonth;

    /// <summary>Takes one place.</summary>
    public async Task<BudgetAnswer> TakeAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Once(await database.WriteAsync("take relay budget", session => TakeAsync(session, now), cancellationToken), now);

    /// <summary>Gives a place back.</summary>
    public Task<int> ReturnAsync(DateTimeOffset takenAt, CancellationToken cancellationToken) => database.WriteAsync(
        "return relay budget",
        session => session.ExecuteAsync(
            "UPDATE relay_usage SET used = used - 1 WHERE relay = $1 AND day = $2 AND used > 0",
            p => p.Text(relay).Text(Day(takenAt)),
            CancellationToken.None),
        cancellationToken);

    async ValueTask<BudgetAnswer> TakeAsync(Session session, DateTimeOffset now)
    {
        var today = await session.QueryAsync(
            """
            INSERT INTO relay_usage (relay, day, used) VALUES ($1, $2, 1)
            ON CONFLICT (relay, day) DO UPDATE SET used = relay_usage.used + 1 RETURNING used
            """,
            p => p.Text(relay).Text(Day(now)),
            row => row.Number(0),
            CancellationToken.None);
        var month = await session.QueryAsync(
            "SELECT CAST(sum(used) AS bigint) FROM relay_usage WHERE relay = $1 AND day >= $2",
            p => p.Text(relay).Text(FirstOfMonth(now)),
            row => row.Number(0),
            CancellationToken.None);
        var answer = Judge(limits, today[0], month[0], now);
        if (answer is BudgetAnswer.Exhausted)
            await session.ExecuteAsync(
                "UPDATE relay_usage SET used = used - 1 WHERE relay = $1 AND day = $2", p => p.Text(relay).Text(Day(now)),
                CancellationToken.None);
        return answer;
    }

    /// <summary>Decides from the counts that include this message.</summary>
    public static BudgetAnswer Judge(RelayLimits limits, long today, long thisMonth, DateTimeOffset now)
    {
        if (thisMonth > limits.Monthly) return new BudgetAnswer.Exhausted(NextMonth(now) - now, $"the monthly cap of {limits.Monthly}");
        if (today > limits.Daily) return new BudgetAnswer.Exhausted(NextDay(now) - now, $"the daily cap of {limits.Daily}");
        if (Reaches(limits.Monthly, thisMonth))
            return new BudgetAnswer.Taken($"{thisMonth} of {limits.Monthly} messages this month") { IsOfMonth = true };
        if (Reaches(limits.Daily, today)) return new BudgetAnswer.Taken($"{today} of {limits.Daily} messages today");
        return new BudgetAnswer.Taken(Warning: null);
    }

    /// <summary>Places that are given back have the count reach four fifths again; that is no news.</summary>
    BudgetAnswer Once(BudgetAnswer answer, DateTimeOffset now)
    {
        if (answer is not BudgetAnswer.Taken { Warning: not null } near) return answer;
        lock (gate)
        {
            ref var warned = ref near.IsOfMonth ? ref warnedMonth : ref warnedDay;
            var period = near.IsOfMonth ? FirstOfMonth(now) : Day(now);
            if (warned == period) return new BudgetAnswer.Taken(Warning: null);
            warned = period;
            return near;
        }
    }

    /// <summary>True for exactly one count, so that not each message after it asks whether it was told.</summary>
    static bool Reaches(int? cap, long count) => cap is { } limit && count == (long)Math.Ceiling(limit * WarnAt);

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string FirstOfMonth(DateTimeOffset at) => Day(at)[..8] + "01";

    static DateTimeOffset NextDay(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);

    static DateTimeOffset NextMonth(DateTimeOffset now) => new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
}

/// <summary>Whether a relay may carry one message more.</summary>
internal abstract record BudgetAnswer
{
    private BudgetAnswer() { }

    /// <summary>It may; <paramref name="Warning"/> is set once, when 80 % of a cap are reached.</summary>
    public sealed record Taken(string? Warning) : BudgetAnswer
    {
        /// <summary>Whether the cap that it warns of is the monthly one.</summary>
        public bool IsOfMonth { get; init; }
    }

    /// <summary>It may not before <paramref name="Wait"/> is over.</summary>
    public sealed record Exhausted(TimeSpan Wait, string Cap) : BudgetAnswer;
}
