using Waybill.Engine.Storage;

namespace Waybill.Engine.Accepting;

/// <summary>Appends postings: first their idempotency keys, which decide who is new, then the rows of the new ones.</summary>
internal static class PostingRows
{
    const string ClaimKey =
        """
        INSERT INTO idempotency_keys (api_key_id, tenant_id, key, request_hash, answer, accepted_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (api_key_id, tenant_id, key) DO UPDATE SET answer = excluded.answer WHERE FALSE -- held till we commit, so that its answer is still there to be read
        """;

    public static async ValueTask<IReadOnlyList<PostingResult>> AppendAsync(Session session, IReadOnlyList<Posting> group)
    {
        var repeated = await ClaimKeysAsync(session, group);
        var fresh = group.Where(posting => !repeated.Contains(posting)).SelectMany(posting => posting.Messages).ToList();
        var cleared = (await MessageIntake.AppendAsync(session, fresh)).ToDictionary(message => message.Message);
        var results = new PostingResult[group.Count];
        for (var i = 0; i < group.Count; i++)
        {
            results[i] = repeated.Contains(group[i])
                ? new((await FindAnswerAsync(session, group[i].Request!))!, [])
                : Taken(group[i], [.. group[i].Messages.Select(message => cleared[message])]);
        }

        Steps.Reached("accept.before-commit");
        return results;
    }

    static PostingResult Taken(Posting posting, IReadOnlyList<ClearedMessage> messages) => new(
        new Acceptance.Accepted([.. messages.Select(message => message.Message.Id)], posting.Answer)
        {
            Standings = [.. messages.Select(message => message.Standing)],
        },
        messages);

    public static async ValueTask<Acceptance?> FindAnswerAsync(Session session, KnownRequest request)
    {
        var found = await session.QueryAsync(
            "SELECT request_hash, answer FROM idempotency_keys WHERE api_key_id = $1 AND tenant_id = $2 AND key = $3",
            p => p.Id(request.ApiKey.Value).Id(request.Tenant.Value).Text(request.Key),
            row => (Hash: row.Bytes(0), Answer: row.Text(1)),
            CancellationToken.None);
        if (found.Count == 0) return null;
        return request.IsTheOneOf(found[0].Hash) ? new Acceptance.Replayed(found[0].Answer) : new Acceptance.KeyReused();
    }

    static async ValueTask<HashSet<Posting>> ClaimKeysAsync(Session session, IReadOnlyList<Posting> group)
    {
        // In key order, so that two groups on two nodes never wait for each other in a circle.
        var keyed = group.Where(posting => posting.Request is not null).OrderBy(posting => posting.Request!.Key, StringComparer.Ordinal)
            .ThenBy(posting => posting.Request!.ApiKey.Value).ThenBy(posting => posting.Request!.Tenant.Value).ToList();
        if (keyed.Count == 0) return [];
        var claimed = await session.ExecuteManyAsync(
            ClaimKey,
            keyed,
            (
                p, posting) => p.Id(posting.Request!.ApiKey.Value).Id(posting.Request.Tenant.Value).Text(posting.Request.Key)
                    .Bytes(posting.Request.Hash)
                .Text(posting.Answer).Instant(posting.Messages[0].AcceptedAt),
            CancellationToken.None);
        return [.. keyed.Where((_, i) => claimed[i] == 0)];
    }
}
