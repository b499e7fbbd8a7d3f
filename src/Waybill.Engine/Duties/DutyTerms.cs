using Waybill.Engine.Storage;

namespace Waybill.Engine.Duties;

/// <summary>The right of one node to do a duty, until another node has the next term.</summary>
/// <param name="Duty">The duty's name.</param>
/// <param name="Number">One more than the term before.</param>
/// <param name="StartedAt">When the last run began.</param>
sealed record DutyTerm(string Duty, long Number, DateTimeOffset StartedAt);

/// <summary>
/// The terms of duties, a row for each. A term is a lease: it is over a while after the node that has it was last heard of.
/// </summary>
sealed class DutyTerms(IDatabase database, string node, TimeProvider clock)
{
    /// <summary>How long a term outlives the last sign of its node.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>The row is there, due at once, when a duty is seen for the first time.</summary>
    const string Enter =
        "INSERT INTO duty_terms (name, term, due_at) VALUES ($1, 0, $2) ON CONFLICT (name) DO NOTHING";

    /// <summary>
    /// Due, and held by nobody who is alive. A time further away than can be ($6, $7) is of a clock that went back. With one process a file
    /// ($5) any other holder is dead.
    /// </summary>
    const string Claim =
        """
        UPDATE duty_terms SET term = term + 1, node = $2, until = $4, started_at = $3
        WHERE name = $1 AND (due_at <= $3 OR due_at > $6) AND (node IS NULL OR until <= $3 OR until > $7 OR ($5 = 1 AND node <> $2))
        """;

    /// <summary>It changes the row, so that on PostgreSQL a claim waits until this transaction ends.</summary>
    const string Hold = "UPDATE duty_terms SET until = $3 WHERE name = $1 AND term = $2 AND node IS NOT NULL";

    const string End =
        """
        UPDATE duty_terms SET node = NULL, until = NULL, ended_at = $3, due_at = $4 WHERE name = $1 AND term = $2 AND node IS NOT NULL
        """;

    const string Fail =
        """
        UPDATE duty_terms SET node = NULL, until = NULL, ended_at = $3, due_at = $4, failed_at = $3, error = $5
        WHERE name = $1 AND term = $2 AND node IS NOT NULL
        """;

    const string GiveBack = "UPDATE duty_terms SET node = NULL, until = NULL WHERE name = $1 AND term = $2 AND node IS NOT NULL";

    /// <summary>Begins the next term of a duty that is due and that no live node has; null: another node was quicker.</summary>
    public async Task<DutyTerm?> ClaimAsync(Duty duty, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var number = await database.WriteAsync("claim duty", session => ClaimAsync(session, duty, now), cancellationToken);
        return number is { } claimed ? new(duty.Name, claimed, now) : null;
    }

    /// <summary>
    /// Whether it is worth trying to claim; the claim asks the same again, guarded. A read is cheaper than a write for nothing.
    /// </summary>
    public bool IsToDo(Duty duty, DutyRow? row)
    {
        var now = clock.GetUtcNow();
        return row is null
            || ((row.DueAt <= now || row.DueAt > LatestDue(duty, now))
                && (row.Node is null || row.Until <= now || row.Until > LatestUntil(now) || (IsAlone && row.Node != node)));
    }

    /// <summary>No row that any node wrote is due later. The clocks of nodes differ a little.</summary>
    static DateTimeOffset LatestDue(Duty duty, DateTimeOffset now) => now + duty.Interval + Lease;

    /// <summary>No row that any node wrote is held for longer.</summary>
    static DateTimeOffset LatestUntil(DateTimeOffset now) => now + (2 * Lease);

    bool IsAlone => database.Writers == 1;

    async ValueTask<long?> ClaimAsync(Session session, Duty duty, DateTimeOffset now)
    {
        await session.ExecuteAsync(Enter, p => p.Text(duty.Name).Instant(now), CancellationToken.None);
        var claimed = await session.ExecuteAsync(
            Claim,
            p => p.Text(duty.Name).Text(node).Instant(now).Instant(now + Lease).Number(IsAlone ? 1 : 0).Instant(LatestDue(duty, now))
                .Instant(LatestUntil(now)),
            CancellationToken.None);
        return claimed == 0 ? null : await session.FirstAsync(
            "SELECT term FROM duty_terms WHERE name = $1", p => p.Text(duty.Name), row => (long?)row.Number(0), CancellationToken.None);
    }

    /// <summary>Within a unit of work: holds the term until the unit ends, and renews it; false: it is over.</summary>
    public async ValueTask<bool> HoldAsync(Session session, DutyTerm term) => await session.ExecuteAsync(
        Hold, p => p.Text(term.Duty).Number(term.Number).Instant(clock.GetUtcNow() + Lease), CancellationToken.None) > 0;

    /// <summary>Renews a term; false: it is over.</summary>
    public Task<bool> RenewAsync(DutyTerm term, CancellationToken cancellationToken) =>
        database.WriteAsync("renew duty", session => HoldAsync(session, term), cancellationToken);

    /// <summary>Ends a term and says when the duty is due again.</summary>
    /// <param name="term">The term; nothing happens if it is over.</param>
    /// <param name="interval">From one start to the next.</param>
    /// <param name="error">Why the run failed; null: it did not.</param>
    public Task<int> EndAsync(DutyTerm term, TimeSpan interval, string? error) => database.WriteAsync(
        "end duty",
        session => session.ExecuteAsync(
            error is null ? End : Fail,
            p =>
            {
                p.Text(term.Duty).Number(term.Number).Instant(clock.GetUtcNow()).Instant(term.StartedAt + interval);
                if (error is not null) p.Text(error);
            },
            CancellationToken.None),
        CancellationToken.None);

    /// <summary>Ends a term whose run was cut short by a stop: it is due still.</summary>
    public Task<int> GiveBackAsync(DutyTerm term) => database.WriteAsync(
        "give duty back",
        session => session.ExecuteAsync(GiveBack, p => p.Text(term.Duty).Number(term.Number), CancellationToken.None),
        CancellationToken.None);

    /// <summary>What is known of one duty; null: it never ran.</summary>
    public Task<DutyRow?> FindAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT node, until, started_at, ended_at, due_at, error, failed_at FROM duty_terms WHERE name = $1",
            p => p.Text(name),
            row => new DutyRow(
                row.TextOrNull(0), row.InstantOrNull(1), row.InstantOrNull(2), row.InstantOrNull(3), row.Instant(4), row.TextOrNull(5),
                row.InstantOrNull(6)),
            cancellationToken),
        cancellationToken);
}

/// <summary>What is known of one duty.</summary>
/// <param name="Node">Who does it now; null: nobody.</param>
/// <param name="Until">When the term of that node is over, unless it is renewed.</param>
/// <param name="StartedAt">When the newest run began.</param>
/// <param name="EndedAt">When a run last ended.</param>
/// <param name="DueAt">When the next run is due.</param>
/// <param name="Error">Why a run last failed.</param>
/// <param name="FailedAt">When a run last failed; <see cref="EndedAt"/>: the newest one did.</param>
sealed record DutyRow(
    string? Node, DateTimeOffset? Until, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset DueAt, string? Error,
    DateTimeOffset? FailedAt);
