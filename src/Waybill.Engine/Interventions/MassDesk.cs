using System.Globalization;
using Waybill.Engine.Audit;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Interventions;

/// <summary>
/// Where people decide about all messages that a filter means. It is done in many small units of work, so that delivery goes on beside it,
/// and each message by the same guarded statements as alone: one that changed meanwhile is passed over, and doing it twice does it once.
/// </summary>
public sealed class MassDesk(IDatabase database, MessageSearch search, AuditTrail audit, Wakeup wakeup, TimeProvider clock)
{
    /// <summary>Where counting stops: beyond it people need no number.</summary>
    public const int MostCounted = 100_000;

    const string Prefix = "messages.";
    const int Batch = 100;
    const int Shown = 5;

    /// <summary>However much is left: nobody waits longer for an answer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many messages are changed at once. Default 10,000.</summary>
    public int MostAtOnce { get; init; } = 10_000;

    /// <summary>
    /// All that can be done to what a filter means, in the order in which it is offered. Nobody means to send thousands of messages anew.
    /// </summary>
    public static IReadOnlyList<Intervention> Offered(MessageFilter filter) =>
    [
        .. Enum.GetValues<Intervention>().Where(one => one != Intervention.Resend
            && (filter.Statuses.Count == 0 || InterventionRules.Statuses(one).Any(filter.Statuses.Contains))),
    ];

    /// <summary>What it would come to.</summary>
    /// <param name="intervention">What would be done; not <see cref="Intervention.Resend"/>.</param>
    /// <param name="tenant">Whose messages.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="after">Only those that were accepted after this one; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MassForecast> ForeseeAsync(
        Intervention intervention, TenantId tenant, MessageFilter filter, MessageId? after, CancellationToken cancellationToken)
    {
        var candidates = new Candidates(intervention, tenant, filter);
        var matching = await search.CountAsync(tenant, filter, MostCounted + 1, cancellationToken);
        var (fitting, first, begun) = (0, new List<MessageRecord>(), clock.GetTimestamp());
        var isMore = true;
        while (isMore && fitting <= MostAtOnce && clock.GetElapsedTime(begun) < Patience)
        {
            var (looked, fit) =
                await database.ReadAsync(
                    session => LookAsync(session, intervention, tenant, candidates, after, cancellationToken), cancellationToken);
            first.AddRange(fit.Take(Shown - first.Count));
            (fitting, isMore) = (fitting + fit.Count, looked.Count == Batch);
            if (isMore) after = looked[^1];
        }

        return new(
            Math.Min(matching, MostCounted), matching > MostCounted, Math.Min(fitting, MostAtOnce), isMore || fitting > MostAtOnce, first);
    }

    /// <summary>Does it, and notes it once in the audit when anything was changed.</summary>
    /// <param name="intervention">What is done; not <see cref="Intervention.Resend"/>.</param>
    /// <param name="tenant">Whose messages.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="words">The filter as people write it, for the audit.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="after">Only those that were accepted after this one; null: all.</param>
    /// <param name="cancellationToken">Stops it between two units; what is done is done, and noted.</param>
    public async Task<MassReport> DoAsync(
        Intervention intervention, TenantId tenant, MessageFilter filter, string words, Actor who, MessageId? after,
        CancellationToken cancellationToken)
    {
        var candidates = new Candidates(intervention, tenant, filter);
        var report = new MassReport(Done: 0, Stayed: 0, Left: 0, Last: after);
        try
        {
            var begun = clock.GetTimestamp();
            while (report.Done < MostAtOnce && clock.GetElapsedTime(begun) < Patience)
            {
                var next = await database.ReadAsync(
                    session => candidates.NextAsync(session, report.Last, Math.Min(Batch, MostAtOnce - report.Done), cancellationToken),
                    cancellationToken);
                if (next.Count == 0) return report;
                var done =
                    await database.WriteAsync(
                        intervention.Word(), session => ChangeAsync(session, intervention, tenant, next, who.Name), cancellationToken);
                report = new(report.Done + done, report.Stayed + next.Count - done, Left: 0, next[^1]);
                wakeup.Signal();
            }

            return report with
            {
                Left =
                await database.ReadAsync(
                    session => candidates.CountAsync(session, report.Last, MostCounted, cancellationToken), cancellationToken)
            };
        }
        finally
        {
            await NoteAsync(intervention, tenant, words, who, report.Done);
        }
    }

    static async ValueTask<(IReadOnlyList<MessageId> Looked, IReadOnlyList<MessageRecord> Fitting)> LookAsync(
        Session session, Intervention intervention, TenantId tenant, Candidates candidates, MessageId? after,
        CancellationToken cancellationToken)
    {
        var next = await candidates.NextAsync(session, after, Batch, cancellationToken);
        return (next, await FittingAsync(session, intervention, tenant, next, cancellationToken));
    }

    async ValueTask<int> ChangeAsync(
        Session session, Intervention intervention, TenantId tenant, IReadOnlyList<MessageId> messages, string who)
    {
        var fitting = await FittingAsync(session, intervention, tenant, messages, CancellationToken.None);
        return (await InterventionRows.ChangeAsync(session, intervention, fitting, who, clock.GetUtcNow())).Count;
    }

    static async ValueTask<IReadOnlyList<MessageRecord>> FittingAsync(
        Session session, Intervention intervention, TenantId tenant, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken)
    {
        var found = await MessageJournal.FindAllAsync(session, tenant, messages, cancellationToken);
        return [.. found.Where(one => InterventionRules.IsPossible(intervention, one.Message, one.Snapshot)).Select(one => one.Message)];
    }

    /// <summary>How many messages an act of the audit was done to; null: it says of none.</summary>
    public static int? CountIn(AuditEntry entry) => entry.Act.StartsWith(Prefix, StringComparison.Ordinal)
        && entry.What.Split(' ', 3) is [var count, "message" or "messages", ['·', ..]]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : null;

    static string Counted(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "message" : "messages")} ·");

    /// <summary>Whoever goes away now does not keep it from being written down.</summary>
    Task NoteAsync(Intervention intervention, TenantId tenant, string words, Actor who, int done) => done == 0
        ? Task.CompletedTask
        : audit.NoteAsync(who, tenant, Prefix + intervention.Word(), $"{Counted(done)} {words}", isDone: true, CancellationToken.None);
}
