using System.Text;

namespace Waybill.Server.Specs.Resend;

public class Reading_an_email(SharedServer shared)
{
    static readonly string[] Fields =
    [
        "object", "id", "message_id", "created_at", "from", "to", "cc", "bcc", "reply_to", "subject", "html", "text",
        "last_event", "scheduled_at",
    ];

    [Fact]
    public async Task Has_every_field_the_client_promises()
    {
        var before = TimeProvider.System.GetUtcNow();
        var sent = await shared.CallAsync("emails.send", new Mail { To = "Ada <ada@example.org>" });
        var email = await shared.CallAsync("emails.get", sent.Id);

        Assert.Empty(Fields.Except(email.Value.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(("email", "Your order"), (email.Text("object"), email.Text("subject")));
        Assert.Equal("Corner Shop <shop@example.com>", email.Text("from"));
        Assert.Equal("Ada <ada@example.org>", Assert.Single(email.Value.GetProperty("to").EnumerateArray()).GetString());
        Assert.Null(email.Text("scheduled_at"));
        Assert.Equal(before, email.Value.GetProperty("created_at").GetDateTimeOffset(), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Tells_the_message_id_that_stands_in_the_message()
    {
        var sent = await shared.CallAsync("emails.send", new Mail());
        var email = await shared.EmailOnceAsync(sent.Id, "sent");

        var message = Encoding.ASCII.GetString(await shared.RenderAsync(sent.Id));

        Assert.Matches("^<[^<>@]+@[^<>@]+>$", email.Text("message_id"));
        Assert.Contains($"\r\nMessage-ID: {email.Text("message_id")}\r\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_as_sent_when_it_was_captured()
    {
        var sent = await shared.CallAsync("emails.send", new Mail());

        await shared.EmailOnceAsync(sent.Id, "sent");
    }

    [Fact]
    public async Task Finds_nothing_under_an_unknown_id() =>
        (await shared.CallAsync("emails.get", Guid.CreateVersion7().ToString())).ShouldBeRefused(404, "not_found");

    [Fact]
    public async Task Finds_nothing_under_an_id_of_another_tenant()
    {
        var stranger = await shared.KeyOfAnotherTenantAsync();
        var sent = await shared.CallAsync("emails.send", new Mail { ScheduledAt = "in 1 hour" });

        (await shared.CallWithAsync(stranger, "emails.get", sent.Id)).ShouldBeRefused(404, "not_found");
        (await shared.CallWithAsync(stranger, "emails.cancel", sent.Id)).ShouldBeRefused(404, "not_found");
        (await shared.CallWithAsync(stranger, "emails.attachments.list", new { emailId = sent.Id })).ShouldBeRefused(404, "not_found");
        Assert.Equal("scheduled", (await shared.CallAsync("emails.get", sent.Id)).Text("last_event"));
    }
}
