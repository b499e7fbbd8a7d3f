using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Leasing;

/// <summary>
/// Finds the shares that have something due, whatever stands before them. While little is due that is all of it. Where much is, it goes
/// round all shares, some at each look: what one tenant has waiting is passed by in one step. A tenant with many shares is looked into a
/// little each time round, and goes on where it stopped.
/// </summary>
internal sealed class ShareWalk<TShare>(SharedTable table)
    where TShare : struct, IShare<TShare>
{
    const int Stride = 64;
    const int ManyOfOneTenant = 16;
    const int MostRemembered = 1_000;

    static readonly byte[] Start = [];

    readonly Dictionary<TenantId, byte[]> stoppedAt = [];
    byte[] position = Start;

    /// <param name="session">A read.</param>
    /// <param name="now">What is due is due by then.</param>
    /// <param name="count">How much one claim may bring.</param>
    public async ValueTask<QueuedShares<TShare>> LookAsync(Session session, DateTimeOffset now, int count)
    {
        var oldest = await table.OldestAsync<TShare>(session, now, count);
        var isDue = oldest.Where(one => one.Share is not null).Select(one => one.Share!.Value).ToList();
        if (isDue.Count < count)
        {
            return new([.. isDue.CountBy(share => share).Select(one => (one.Key, (int?)one.Value))], IsComplete: true, EndsRound: true, now)
            {
                Next = isDue.Count < oldest.Count ? oldest[isDue.Count].Due : null,
            };
        }

        var began = position;
        var walked = await StepAsync(session);
        var due = isDue.Concat(walked.Where(one => one.Due <= now).Select(one => one.Share)).Distinct();
        return new(
            [.. due.Select(share => (share, (int?)null))], IsComplete: began == Start && position == Start, EndsRound: position == Start,
            now)
        {
            Next = await table.NextDueAsync(session, now),
        };
    }

    async ValueTask<IEnumerable<(TShare Share, DateTimeOffset Due)>> StepAsync(Session session)
    {
        var found = await table.WalkAsync<TShare>(session, position, Stride);
        if (found.Count < Stride)
        {
            position = Start;
            return found;
        }

        position = found[^1].Share.ToBytes();
        var last = found[^1].Share.Tenant;
        return found.Count(one => one.Share.Tenant == last) < ManyOfOneTenant
            ? found
            : found.Where(one => one.Share.Tenant != last).Concat(await StepIntoAsync(session, last, found));
    }

    async ValueTask<IEnumerable<(TShare Share, DateTimeOffset Due)>> StepIntoAsync(
        Session session, TenantId tenant, List<(TShare Share, DateTimeOffset Due)> found)
    {
        position = Beyond(tenant);
        var those = stoppedAt.TryGetValue(tenant, out var before)
            ? (await table.WalkAsync<TShare>(session, before, Stride)).TakeWhile(one => one.Share.Tenant == tenant).ToList()
            : [];
        if (those.Count == 0) those = [.. found.Where(one => one.Share.Tenant == tenant)];
        if (stoppedAt.Count >= MostRemembered) stoppedAt.Clear();
        stoppedAt[tenant] = those[^1].Share.ToBytes();
        return those;
    }

    /// <summary>Behind all shares of a tenant.</summary>
    static byte[] Beyond(TenantId tenant) => [.. tenant.Value.ToByteArray(bigEndian: true), .. Enumerable.Repeat((byte)0xff, 24)];
}
