namespace Waybill.Server.Specs.Resend;

public sealed class Listing_emails(FiveEmails five) : IClassFixture<FiveEmails>
{
    [Fact]
    public async Task Shows_the_newest_first_a_page_at_a_time()
    {
        await ShouldListAsync(new { }, five.NewestFirst, hasMore: false);
        await ShouldListAsync(new { limit = 2 }, five.NewestFirst[..2], hasMore: true);
        await ShouldListAsync(new { limit = 2, after = five.NewestFirst[1] }, five.NewestFirst[2..4], hasMore: true);
        await ShouldListAsync(new { limit = 2, after = five.NewestFirst[3] }, five.NewestFirst[4..], hasMore: false);
        await ShouldListAsync(new { limit = 5, before = five.NewestFirst[2] }, five.NewestFirst[..2], hasMore: false);
    }

    [Fact]
    public async Task Has_the_fields_of_an_email_but_for_its_bodies()
    {
        var item = (await five.Resend.CallAsync("emails.list", new { limit = 1 })).Items[0];

        Assert.Equal("Mail 5", item.GetProperty("subject").GetString());
        Assert.All(["id", "message_id", "created_at", "from", "to", "cc", "bcc", "reply_to", "last_event", "scheduled_at"],
            field => Assert.True(item.TryGetProperty(field, out _), field));
        Assert.All(["html", "text"], field => Assert.False(item.TryGetProperty(field, out _), field));
    }

    [Fact]
    public async Task Refuses_a_page_that_cannot_be()
    {
        object[] pages =
        [
            new { limit = 0 }, new { limit = 101 }, new { after = "no id" },
            new { after = five.NewestFirst[0], before = five.NewestFirst[1] },
        ];
        foreach (var page in pages) (await five.Resend.CallAsync("emails.list", page)).ShouldBeRefused(422, "validation_error");
    }

    async Task ShouldListAsync(object page, IEnumerable<string?> expected, bool hasMore)
    {
        var list = await five.Resend.CallAsync("emails.list", page);

        Assert.Equal(expected, list.Items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(("list", hasMore), (list.Text("object"), list.Value.GetProperty("has_more").GetBoolean()));
    }
}
