using System.Collections.Concurrent;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Claiming_from_Sqlite() : Claiming(Provider.Sqlite);

public sealed class Claiming_from_Postgres() : Claiming(Provider.Postgres);

public abstract class Claiming(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Takes_only_what_is_due()
    {
        var now = await Office.AcceptAsync();
        var later = await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Noon.Instant.AddMinutes(10) });

        Assert.Equal(now, (await Office.ClaimOneAsync()).Message);
        Assert.Equal(Noon.Instant.AddMinutes(10), await Office.Outbox.Queue.NextDueAsync(None));

        Office.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(later, (await Office.ClaimOneAsync()).Message);
        Assert.Null(await Office.Outbox.Queue.NextDueAsync(None));
    }

    [Fact]
    public async Task Takes_what_has_been_due_longest()
    {
        var third = await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Noon.Instant.AddMinutes(3) });
        var first = await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Noon.Instant.AddMinutes(1) });
        var second = await Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Noon.Instant.AddMinutes(2) });
        Office.Clock.Advance(TimeSpan.FromHours(1));

        foreach (var message in new[] { first, second, third })
            Assert.Equal(message, Assert.Single(await Office.Outbox.ClaimAsync(1, None)).Message);
    }

    [Fact]
    public async Task Gives_each_claim_the_next_attempt_and_a_token_that_grows()
    {
        await Office.AcceptAsync();
        var first = await Office.ClaimOneAsync();
        await Office.Outbox.HandBackAsync(first, TimeSpan.Zero, None);

        var second = await Office.ClaimOneAsync();

        Assert.Equal((1, 1, 1L, 2L), (first.Attempt, second.Attempt, first.Token, second.Token));
        Assert.Equal((Office.Tenant, "api"), (first.Tenant, first.Stream));
    }

    [Fact]
    public async Task Gives_each_message_to_one_of_many_who_claim_at_once()
    {
        var messages = await Office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), 300)]);
        var nodes = Enumerable.Range(0, 4).Select(i => Office.Node($"node {i}")).ToArray();
        var claimed = new ConcurrentBag<MessageId>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            while (await nodes[i % nodes.Length].ClaimAsync(7, None) is { Count: > 0 } claims)
                foreach (var claim in claims) claimed.Add(claim.Message);
        })));

        // Whoever passed over rows that another held may have left early; nothing is left behind all the same.
        while (await Office.Outbox.ClaimAsync(50, None) is { Count: > 0 } rest)
            foreach (var claim in rest) claimed.Add(claim.Message);
        Assert.Equal(messages.Order(ById), claimed.Order(ById));
    }

    [Fact]
    public async Task Either_claims_or_cancels_and_never_both()
    {
        for (var round = 0; round < 200; round++)
        {
            var message = await Office.AcceptAsync();

            var claiming = Task.Run(() => Office.Outbox.ClaimAsync(1, None));
            var canceling = Task.Run(() => Office.Outbox.CancelAsync(Office.Tenant, message, None));
            var (claims, canceled) = (await claiming, await canceling);

            // On PostgreSQL the claim may have passed over the row while it was being canceled.
            Assert.Equal(canceled, claims.Count == 0);
            Assert.Equal(canceled ? MessageStatus.Canceled : MessageStatus.Queued, (await Office.FindAsync(message)).Status);
            foreach (var claim in claims) await Office.Outbox.SettleAsync(Settling.AsSent(Office, claim));
        }
    }

    static readonly Comparer<MessageId> ById = Comparer<MessageId>.Create((a, b) => a.Value.CompareTo(b.Value));
}
