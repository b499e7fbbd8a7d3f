using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Journal;

public sealed class Reading_the_journal_of_Sqlite() : Reading_the_journal(Provider.Sqlite);

public sealed class Reading_the_journal_of_Postgres() : Reading_the_journal(Provider.Postgres);

public abstract class Reading_the_journal(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Shows_nothing_of_another_tenant()
    {
        var other = await Office.TenantAsync("other");
        var hash = await Office.Content.StoreAsync(new byte[3], None);
        var message = await Office.AcceptAsync(Letter.To("ada@example.org") with
        {
            Attachments = [new NewAttachment("a.txt", "text/plain", ContentId: null, hash, Size: 3)],
        });
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, await Office.BeginOneAsync()));
        var attachment = Assert.Single((await Office.Journal.FindSnapshotAsync(Office.Tenant, message, None))!.Attachments);

        Assert.Null(await Office.Journal.FindAsync(other, message, None));
        Assert.Null(await Office.Journal.FindSnapshotAsync(other, message, None));
        Assert.Null(await Office.Journal.FindAttachmentAsync(other, message, attachment.Id, None));
        Assert.Empty(await Office.Journal.AttemptsAsync(other, message, None));
        Assert.Empty(await Office.Journal.TimelineAsync(other, message, None));
        Assert.Empty((await Office.Journal.ListAsync(other, 100, after: null, before: null, None)).Page);
        Assert.Empty((await Office.Journal.ListAsync(other, 100, after: null, before: new MessageId(Guid.Empty), None)).Page);
    }

    [Fact]
    public async Task Shows_it_to_its_own_tenant_and_to_an_operator_who_asks_for_all()
    {
        var message = await Office.AcceptAsync(tenant: await Office.TenantAsync("other"));
        TenantId?[] allowed = [await Office.TenantAsync("other"), null];

        foreach (var tenant in allowed)
        {
            Assert.Equal(message, (await Office.Journal.FindAsync(tenant, message, None))!.Id);
            Assert.NotNull(await Office.Journal.FindSnapshotAsync(tenant, message, None));
            Assert.Single(await Office.Journal.TimelineAsync(tenant, message, None));
            Assert.Equal(message, Assert.Single((await Office.Journal.ListAsync(tenant, 100, after: null, before: null, None)).Page).Id);
        }
    }

    [Fact]
    public async Task Has_no_attachment_of_another_message()
    {
        var hash = await Office.Content.StoreAsync(new byte[3], None);
        var with = await Office.AcceptAsync(Letter.To("ada@example.org") with
        {
            Attachments = [new NewAttachment("a", "text/plain", ContentId: null, hash, Size: 3)],
        });
        var without = await Office.AcceptAsync();
        var attachment = Assert.Single((await Office.Journal.FindSnapshotAsync(Office.Tenant, with, None))!.Attachments);

        Assert.NotNull(await Office.Journal.FindAttachmentAsync(Office.Tenant, with, attachment.Id, None));
        Assert.Null(await Office.Journal.FindAttachmentAsync(Office.Tenant, without, attachment.Id, None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Turns_pages_without_a_gap_or_an_overlap_in_both_directions(int seed)
    {
        var random = new Random(seed);
        var other = await Office.TenantAsync("other");
        for (var i = random.Next(10, 40); i > 0; i--)
        {
            var tenant = random.Next(3) == 0 ? other : Office.Tenant;
            await Office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), random.Next(1, 4))], tenant);
            if (random.Next(2) == 0) Office.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 5000)));
        }

        var all = (await EverythingAsync()).ToArray();
        Assert.Equal(all.OrderByDescending(id => id.ToString(), StringComparer.Ordinal), all);
        foreach (var limit in new[] { 1, 2, 3, 7, all.Length, all.Length + 1 })
        {
            Assert.Equal(all, await WalkAsync(limit, older: true));
            Assert.Equal(all.SkipLast(1), await WalkAsync(limit, older: false));
        }
    }

    [Fact]
    public async Task Tells_of_attempts_and_steps_in_their_order()
    {
        var message = await Office.AcceptAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        var claim = await Office.BeginOneAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, claim, TimeSpan.FromMinutes(1)));
        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await Office.BeginOneAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, second));

        Assert.Equal(["accepted", "attempt 1", "deferred", "attempt 2", "sent"], await Office.StepsAsync(message));
        var timeline = await Office.Journal.TimelineAsync(Office.Tenant, message, None);
        Assert.Equal(timeline.OrderBy(step => step.At), timeline);
        Assert.Equal(Noon.Instant, timeline[0].At);
    }

    async Task<IEnumerable<MessageId>> EverythingAsync() =>
        (await Office.Journal.ListAsync(Office.Tenant, 1000, after: null, before: null, None)).Page.Select(message => message.Id);

    /// <summary>All ids newest first, walked page by page from the newest, or from the oldest one upwards.</summary>
    async Task<List<MessageId>> WalkAsync(int limit, bool older)
    {
        var walked = new List<MessageId>();
        MessageId? cursor = older ? null : (await EverythingAsync()).Last();
        for (var hasMore = true; hasMore;)
        {
            (var page, hasMore) = await Office.Journal.ListAsync(Office.Tenant, limit, older ? cursor : null, older ? null : cursor, None);
            Assert.True(page.Count == limit || !hasMore);
            if (page.Count == 0) break;
            if (older) walked.AddRange(page.Select(message => message.Id));
            else walked.InsertRange(0, page.Select(message => message.Id));
            cursor = older ? page[^1].Id : page[0].Id;
        }

        return walked;
    }
}
