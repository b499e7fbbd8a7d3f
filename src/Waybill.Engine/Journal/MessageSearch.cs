using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>Finds a tenant's messages. Every search names its tenant, and sees nothing of another's.</summary>
public sealed class MessageSearch(IDatabase database)
{
    /// <summary>
    /// A page of the messages that a filter means, newest first. <paramref name="after"/> continues with older ones,
    /// <paramref name="before"/> with newer ones.
    /// </summary>
    /// <returns>The page, and whether there is more in the direction that was asked for.</returns>
    public Task<(IReadOnlyList<MessageRecord> Page, bool HasMore)> FindAsync(
        TenantId tenant, MessageFilter filter, int limit, MessageId? after, MessageId? before, CancellationToken cancellationToken) =>
        database.ReadAsync<(IReadOnlyList<MessageRecord>, bool)>(
            async session =>
            {
                var isBackwards = after is null && before is not null;
                var statement = new FilterStatement(session, tenant, filter);
                statement.Beyond(after ?? before, isBackwards);
                var found = await MessageJournal.QueryAsync(
                    session,
                    statement.First(limit + 1, isNewest: !isBackwards),
                    statement.Bind,
                    cancellationToken);
                var page = found.Take(limit);
                return ([.. isBackwards ? page.Reverse() : page], found.Count > limit);
            },
            cancellationToken);

    /// <summary>How many messages a filter means; counting stops at <paramref name="most"/>.</summary>
    public Task<int> CountAsync(TenantId tenant, MessageFilter filter, int most, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var statement = new FilterStatement(session, tenant, filter);
            return await session.FirstAsync(statement.Counting(most), statement.Bind, row => row.Count(0), cancellationToken);
        },
        cancellationToken);
}
