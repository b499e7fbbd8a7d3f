using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

/// <summary>On a server of its own: a list shows everything.</summary>
public sealed class Listing_emails : IAsyncLifetime
{
    ServerProcess server = null!;
    ResendClient resend = null!;
    string?[] newestFirst = [];

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        resend = await ResendClient.StartAsync(server.Address, server.ApiKey);
        for (var n = 1; n <= 5; n++) newestFirst = [(await resend.CallAsync("emails.send", new Mail { Subject = $"Mail {n}" })).Id, .. newestFirst];
    }

    public async ValueTask DisposeAsync()
    {
        await resend.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Shows_the_newest_first_a_page_at_a_time()
    {
        await ShouldListAsync(new { }, newestFirst, hasMore: false);
        await ShouldListAsync(new { limit = 2 }, newestFirst[..2], hasMore: true);
        await ShouldListAsync(new { limit = 2, after = newestFirst[1] }, newestFirst[2..4], hasMore: true);
        await ShouldListAsync(new { limit = 2, after = newestFirst[3] }, newestFirst[4..], hasMore: false);
        await ShouldListAsync(new { limit = 5, before = newestFirst[2] }, newestFirst[..2], hasMore: false);
    }

    [Fact]
    public async Task Has_the_fields_of_an_email_but_for_its_bodies()
    {
        var item = (await resend.CallAsync("emails.list", new { limit = 1 })).Items[0];

        Assert.Equal("Mail 5", item.GetProperty("subject").GetString());
        Assert.All(["id", "message_id", "created_at", "from", "to", "cc", "bcc", "reply_to", "last_event", "scheduled_at"],
            field => Assert.True(item.TryGetProperty(field, out _), field));
        Assert.All(["html", "text"], field => Assert.False(item.TryGetProperty(field, out _), field));
    }

    [Fact]
    public async Task Refuses_a_page_that_cannot_be()
    {
        (await resend.CallAsync("emails.list", new { limit = 0 })).ShouldBeRefused(422, "validation_error");
        (await resend.CallAsync("emails.list", new { limit = 101 })).ShouldBeRefused(422, "validation_error");
        (await resend.CallAsync("emails.list", new { after = "no id" })).ShouldBeRefused(422, "validation_error");
        (await resend.CallAsync("emails.list", new { after = newestFirst[0], before = newestFirst[1] })).ShouldBeRefused(422, "validation_error");
    }

    async Task ShouldListAsync(object page, IEnumerable<string?> expected, bool hasMore)
    {
        var list = await resend.CallAsync("emails.list", page);

        Assert.Equal(expected, list.Items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(("list", hasMore), (list.Text("object"), list.Value.GetProperty("has_more").GetBoolean()));
    }
}
