using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Suppression;

public sealed class Keeping_the_list_on_Sqlite() : Keeping_the_list(Provider.Sqlite);

public sealed class Keeping_the_list_on_Postgres() : Keeping_the_list(Provider.Postgres);

public abstract class Keeping_the_list(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Takes_the_same_address_once_however_it_is_written()
    {
        var first = await AddAsync(SuppressionOrigin.Bounce, "Ada.Lovelace@Example.org");
        var again = await AddAsync(SuppressionOrigin.Manual, "ada.lovelace@EXAMPLE.ORG");

        Assert.Equal(first[0].Id, again[0].Id);
        Assert.Equal((SuppressionOrigin.Bounce, "Ada.Lovelace@example.org"), (again[0].Origin, again[0].Email));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM suppressions"));
    }

    [Fact]
    public async Task Gives_an_answer_for_each_in_order_also_for_one_that_is_named_twice()
    {
        var added = await AddAsync(SuppressionOrigin.Manual, "b@example.org", "a@example.org", "B@example.org");

        Assert.Equal(["b@example.org", "a@example.org", "b@example.org"], added.Select(one => one.Address));
        Assert.Equal(added[0].Id, added[2].Id);
    }

    [Fact]
    public async Task Pages_from_newest_to_oldest_and_back()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(i % 2 == 0 ? SuppressionOrigin.Manual : SuppressionOrigin.Complaint, $"{i}@example.org");
            Office.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (first, more) = await ListAsync(limit: 2);
        var (second, _) = await ListAsync(limit: 2, after: first[^1].Id);
        var (back, isMoreBack) = await ListAsync(limit: 2, before: second[0].Id);
        var (complaints, _) = await ListAsync(limit: 10, origin: SuppressionOrigin.Complaint);

        Assert.Equal(["4@example.org", "3@example.org"], first.Select(one => one.Address));
        Assert.Equal(["2@example.org", "1@example.org"], second.Select(one => one.Address));
        Assert.Equal(first, back);
        Assert.Equal((true, false), (more, isMoreBack));
        Assert.Equal(["3@example.org", "1@example.org"], complaints.Select(one => one.Address));
    }

    [Theory]
    [InlineData("ADA", "ada@example.org ada_b@example.org")]
    [InlineData("a_b", "ada_b@example.org")]
    [InlineData("100%", "100%@example.org")]
    [InlineData("o!o", "o!o@example.org")]
    [InlineData("o!\0o", "o!o@example.org")]
    [InlineData("\0", "o!o@example.org 100%@example.org ada@example.org ada_b@example.org")]
    [InlineData("  ", "o!o@example.org 100%@example.org ada@example.org ada_b@example.org")]
    public async Task Finds_a_part_of_an_address_as_it_is_written(string text, string found)
    {
        await AddAsync(SuppressionOrigin.Manual, "ada_b@example.org", "ada@example.org", "100%@example.org", "o!o@example.org");

        var (page, _) = await ListAsync(limit: 10, text: text);

        Assert.Equal(found.Split(' ').Order(StringComparer.Ordinal), page.Select(one => one.Address).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Removes_by_id_or_by_address()
    {
        var added = await AddAsync(SuppressionOrigin.Manual, "a@example.org", "b@example.org");

        Assert.Single(await Office.Suppressions.RemoveAsync(Office.Tenant, new SuppressionName.ById(added[0].Id), None));
        Assert.Single(await Office.Suppressions.RemoveAsync(Office.Tenant, SuppressionName.Read("B@Example.org")!, None));

        Assert.Empty(await Office.Suppressions.RemoveAsync(Office.Tenant, new SuppressionName.ById(added[0].Id), None));
        Assert.Equal(MessageStatus.Queued, (await Office.StandingAsync(Letter.To("a@example.org", "b@example.org"))).Status);
    }

    [Fact]
    public async Task Keeps_tenants_apart()
    {
        var another = await Office.TenantAsync("another");
        var theirs =
            await Office.Suppressions.AddAsync(another, [Address.Parse("ada@example.org")], SuppressionOrigin.Bounce, null, null, None);

        Assert.Equal(MessageStatus.Queued, (await Office.StandingAsync(Letter.To("ada@example.org"))).Status);
        Assert.Empty((await ListAsync(limit: 10)).Page);
        Assert.Empty(await Office.Suppressions.FindAsync(Office.Tenant, new SuppressionName.ById(theirs[0].Id), None));
        Assert.Empty(await Office.Suppressions.RemoveAsync(Office.Tenant, SuppressionName.Read("ada@example.org")!, None));
    }

    [Fact]
    public async Task Stops_one_recipient_among_others_and_only_that_one()
    {
        var courier = new Courier(Office);
        await Office.SuppressAsync("bob@example.org");

        var message = await Office.AcceptAsync(Letter.To("ada@example.org", "bob@example.org", "eve@example.org"));
        await Office.SuppressAsync("eve@example.org"); // after it was taken in
        await courier.DeliverDueAsync();

        var record = await Office.FindAsync(message);
        Assert.Equal(["ada@example.org"], Assert.Single(courier.Transport.Handed).Recipients);
        Assert.Equal(MessageStatus.Sent, record.Status);
        Assert.Equal("2 of 3 recipients without it: on the suppression list (bounce)", record.Reason);
        Assert.Equal(
            [("accepted", "250 ok"), ("refused", "on the suppression list (bounce)"), ("refused", "on the suppression list (bounce)")],
            record.Recipients.Select(recipient => (recipient.Status, recipient.Reply!)));
    }

    [Fact]
    public async Task Stops_what_was_claimed_before_and_has_waited_since()
    {
        var courier = new Courier(Office);
        var message = await Office.AcceptAsync(Letter.To("ada@example.org"));
        var work = Assert.Single(await courier.LoadAsync([await Office.ClaimOneAsync()]));
        await Office.SuppressAsync("ada@example.org");
        Office.Clock.Advance(TimeSpan.FromSeconds(1));

        await courier.Delivery.DeliverAsync(work, None);

        Assert.Empty(courier.Transport.Handed);
        Assert.Equal(MessageStatus.Suppressed, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Of_one_stream_stops_no_other()
    {
        await Office.Suppressions.AddAsync(
            Office.Tenant, [Address.Parse("ada@example.org")], SuppressionOrigin.Unsubscribe, "kyora.billing", null, None);

        var billing = await Office.StandingAsync(Letter.To("ada@example.org") with { Stream = "kyora.billing" });
        var account = await Office.StandingAsync(Letter.To("ada@example.org") with { Stream = "kyora.account" });

        Assert.Equal((MessageStatus.Suppressed, "unsubscribed from kyora.billing"), (billing.Status, billing.Reason));
        Assert.Equal(MessageStatus.Queued, account.Status);
    }

    [Fact]
    public async Task Asks_for_a_thousand_recipients_at_once()
    {
        await Office.SuppressAsync("r999@example.org");

        var standing = await Office.StandingAsync(Letter.To([.. Enumerable.Range(0, 1300).Select(i => $"r{i}@example.org")]));

        var refused = (await Office.FindAsync(standing.Id)).Recipients.Where(recipient => recipient.Status == "refused");
        Assert.Equal(["r999@example.org"], refused.Select(recipient => recipient.Address));
    }

    Task<IReadOnlyList<SuppressedAddress>> AddAsync(SuppressionOrigin origin, params string[] addresses) =>
        Office.Suppressions.AddAsync(Office.Tenant, [.. addresses.Select(Address.Parse)], origin, stream: null, source: null, None);

    Task<(IReadOnlyList<SuppressedAddress> Page, bool HasMore)> ListAsync(
        int limit, SuppressionOrigin? origin = null, Guid? after = null, Guid? before = null, string? text = null) =>
        Office.Suppressions.ListAsync(Office.Tenant, new SuppressionFilter(origin, text), limit, after, before, None);
}
