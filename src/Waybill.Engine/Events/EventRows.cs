using System.Security.Cryptography;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Events;

/// <summary>
/// Appends events: first their own rows, which decide who is new, then what the new ones cause. All in the unit of work that it is given.
/// </summary>
internal static class EventRows
{
    const string Insert =
        """
        INSERT INTO events (id, tenant_id, source, event_id, type, subject, happened_at, content_type, data_schema, extensions, data, sealed,
                            sealed_until, fingerprint, accepted_at, salt, row_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (tenant_id, source, event_id) DO UPDATE SET type = excluded.type WHERE FALSE -- held till we commit, to be read below
        """;

    /// <summary>Appends groups of events, each all or none.</summary>
    public static async ValueTask<IReadOnlyList<EventAcceptance>> AppendAsync(
        Session session, IReadOnlyList<IReadOnlyList<AcceptedEvent>> postings)
    {
        var claimed = await ClaimAsync(session, postings);
        if (postings.Count > 1 && claimed.Any(one => one.Acceptance is EventAcceptance.Conflicting))
        {
            // What one of them has to take back, another may have been told is there already: each once more by itself.
            foreach (var one in claimed) await TakeBackAsync(session, one.Fresh);
            claimed = [];
            foreach (var posting in postings)
            {
                var alone = (await ClaimAsync(session, [posting]))[0];
                if (alone.Acceptance is EventAcceptance.Conflicting) await TakeBackAsync(session, alone.Fresh);
                claimed.Add(alone);
            }
        }
        else if (claimed is [{ Acceptance: EventAcceptance.Conflicting } only])
        {
            await TakeBackAsync(session, only.Fresh);
        }

        await CauseAsync(session, [.. claimed.Where(one => one.Acceptance is EventAcceptance.Accepted).SelectMany(one => one.Fresh)]);
        return [.. claimed.Select(one => one.Acceptance)];
    }

    /// <summary>What came before under the same source and id, in the order asked for; null where nothing did.</summary>
    public static async ValueTask<(EventKey Id, bool IsSame)?> FindAsync(Session session, AcceptedEvent e)
    {
        var known = await session.QueryAsync(
            "SELECT id, fingerprint FROM events WHERE tenant_id = $1 AND source = $2 AND event_id = $3",
            p => p.Id(e.Tenant.Value).Text(e.Event.Source).Text(e.Event.Id),
            row => (Id: new EventKey(row.Id(0)), Fingerprint: row.Bytes(1)),
            CancellationToken.None);
        return known.Count == 0 ? null : (known[0].Id, CryptographicOperations.FixedTimeEquals(known[0].Fingerprint, e.Fingerprint));
    }

    static async ValueTask<List<(EventAcceptance Acceptance, IReadOnlyList<AcceptedEvent> Fresh)>> ClaimAsync(
        Session session, IReadOnlyList<IReadOnlyList<AcceptedEvent>> postings)
    {
        // In one order everywhere, so that two groups on two nodes never wait for each other in a circle.
        var all = postings.SelectMany(posting => posting).OrderBy(e => e.Event.Source, StringComparer.Ordinal)
            .ThenBy(e => e.Event.Id, StringComparer.Ordinal).ThenBy(e => e.Tenant.Value).ToList();
        var inserted = await session.ExecuteManyAsync(Insert, all, Bind, CancellationToken.None);
        var fresh = all.Where((_, i) => inserted[i] == 1).ToHashSet();
        var claimed = new List<(EventAcceptance, IReadOnlyList<AcceptedEvent>)>(postings.Count);
        foreach (var posting in postings) claimed.Add((await JudgeAsync(session, posting, fresh), [.. posting.Where(fresh.Contains)]));
        return claimed;
    }

    static async ValueTask<EventAcceptance> JudgeAsync(Session session, IReadOnlyList<AcceptedEvent> posting, HashSet<AcceptedEvent> fresh)
    {
        var ids = new EventKey[posting.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = posting[i].Id;
            if (fresh.Contains(posting[i])) continue;
            var (id, isSame) = (await FindAsync(session, posting[i]))!.Value;
            if (!isSame) return new EventAcceptance.Conflicting(i);
            ids[i] = id;
        }

        return new EventAcceptance.Accepted(ids);
    }

    static async ValueTask TakeBackAsync(Session session, IReadOnlyList<AcceptedEvent> fresh) => await session.ExecuteManyAsync(
        "DELETE FROM events WHERE id = $1", fresh, (p, e) => p.Id(e.Id.Value), CancellationToken.None);

    static async ValueTask CauseAsync(Session session, IReadOnlyList<AcceptedEvent> fresh)
    {
        var cleared =
            (await MessageIntake.AppendAsync(session, [.. fresh.SelectMany(e => e.Messages)])).ToDictionary(message => message.Message);
        foreach (var e in fresh) e.Note([.. e.Messages.Select(message => cleared[message])]);
        var faults = fresh.SelectMany(e => e.Faults, (e, fault) => (Event: e, Fault: fault)).ToList();
        await session.InsertManyAsync(
            "INSERT INTO route_faults (id, tenant_id, event_id, route_id, at, reason) VALUES ($1, $2, $3, $4, $5, $6)",
            faults,
            (
                p, row) => p.Id(Guid.CreateVersion7(row.Event.AcceptedAt)).Id(row.Event.Tenant.Value).Id(row.Event.Id.Value)
                    .Id(row.Fault.Route)
                .Instant(row.Event.AcceptedAt).Text(row.Fault.Reason),
            CancellationToken.None);
        await DeliveryRows.AppendAsync(session, fresh);
    }

    static void Bind(Parameters p, AcceptedEvent e) => p
        .Id(e.Id.Value).Id(e.Tenant.Value).Text(e.Event.Source).Text(e.Event.Id).Text(e.Event.Type).Text(e.Event.Subject)
        .Instant(e.Event.Time)
        .Text(e.Event.DataContentType).Text(e.Event.DataSchema).Text(e.ExtensionsJson).Bytes(e.Data).Bytes(e.Sealed).Instant(e.SealedUntil)
        .Bytes(e.Fingerprint).Instant(e.AcceptedAt).Bytes(e.Salt).Bytes(e.RowHash);
}
