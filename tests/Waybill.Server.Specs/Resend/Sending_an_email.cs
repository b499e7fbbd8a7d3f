using System.Text;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Sending_an_email(SharedServer shared)
{
    [Fact]
    public async Task Answers_with_the_id_it_can_be_read_under()
    {
        var sent = await SendAsync(new Mail());

        Assert.Equal(7, Guid.ParseExact(sent.Id, "D").Version);
        Assert.Equal(sent.Id, (await EmailAsync(sent)).Id);
    }

    [Theory]
    [InlineData("<p>Grüße</p>", null)]
    [InlineData(null, "Grüße\r\nzweite Zeile")]
    [InlineData("<p>Grüße</p>", "Grüße")]
    public async Task Takes_html_or_text_or_both(string? html, string? text)
    {
        var email = await EmailAsync(await SendAsync(new Mail { Html = html, Text = text }));

        if (html is not null) Assert.Equal(html, email.Text("html"));
        if (text is not null) Assert.Equal(text, email.Text("text"));
    }

    [Fact]
    public async Task Takes_one_address_or_a_list_of_them_wherever_addresses_go()
    {
        var email = await EmailAsync(await SendAsync(new Mail
        {
            To = new[] { "ada@example.org", "Bob <bob@example.org>" },
            Cc = "cc@example.org",
            Bcc = new[] { "bcc1@example.org", "bcc2@example.org" },
            ReplyTo = "desk@example.com",
        }));

        Assert.Equal(["ada@example.org", "Bob <bob@example.org>"], Strings(email, "to"));
        Assert.Equal(["cc@example.org"], Strings(email, "cc"));
        Assert.Equal(["bcc1@example.org", "bcc2@example.org"], Strings(email, "bcc"));
        Assert.Equal(["desk@example.com"], Strings(email, "reply_to"));
    }

    [Fact]
    public async Task Writes_own_headers_and_reply_to_into_the_message_but_never_the_bcc()
    {
        var sent = await SendAsync(new Mail
        {
            Bcc = "hidden@example.org",
            ReplyTo = "desk@example.com",
            Headers = new Dictionary<string, string> { ["X-Order"] = "4711", ["References"] = "<order-4711@example.com>" },
        });
        await shared.EmailOnceAsync(sent.Id, "sent");

        var message = Encoding.ASCII.GetString(await shared.RenderAsync(sent.Id));

        Assert.Contains("\r\nX-Order: 4711\r\n", message, StringComparison.Ordinal);
        Assert.Contains("\r\nReferences: <order-4711@example.com>\r\n", message, StringComparison.Ordinal);
        Assert.Contains("\r\nReply-To: desk@example.com\r\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden@example.org", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_tags()
    {
        var email = await EmailAsync(await SendAsync(new Mail { Tags = new[] { new { name = "order", value = "4711" } } }));

        var tag = Assert.Single(email.Value.GetProperty("tags").EnumerateArray());
        Assert.Equal(("order", "4711"), (tag.GetProperty("name").GetString(), tag.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Takes_fifty_recipients_and_not_one_more()
    {
        var fifty = Enumerable.Range(1, 50).Select(n => $"r{n}@example.org").ToArray();

        Assert.Equal(50, Strings(await EmailAsync(await SendAsync(new Mail { To = fifty })), "to").Count());
        (await SendAsync(new Mail { To = fifty.Append("one.more@example.org") })).ShouldBeRefused(422, "validation_error");
    }

    [Fact]
    public async Task Names_what_is_missing()
    {
        (await SendAsync(new Mail { From = null })).ShouldBeRefused(422, "missing_required_field");
        (await SendAsync(new Mail { To = null })).ShouldBeRefused(422, "missing_required_field");
        (await SendAsync(new Mail { Subject = null })).ShouldBeRefused(422, "missing_required_field");
        (await SendAsync(new Mail { Html = null, Text = null })).ShouldBeRefused(422, "missing_required_field");
    }

    [Theory]
    [InlineData("no address", "ada@example.org")]
    [InlineData("shop@example.com, other@example.com", "ada@example.org")]
    [InlineData("shop@example.com", "ada@@example.org")]
    [InlineData("shop@example.com", "ada@example.org\r\nBcc: eve@example.org")]
    public async Task Refuses_what_is_no_address(string from, string to) =>
        (await SendAsync(new Mail { From = from, To = to })).ShouldBeRefused(422, "validation_error");

    [Theory]
    [InlineData("a name", "value")]
    [InlineData("name", "välue")]
    public async Task Refuses_a_tag_with_other_than_letters_digits_underscores_and_dashes(string name, string value) =>
        (await SendAsync(new Mail { Tags = new[] { new { name, value } } })).ShouldBeRefused(422, "validation_error");

    Task<ResendAnswer> SendAsync(Mail mail) => shared.CallAsync("emails.send", mail);

    Task<ResendAnswer> EmailAsync(ResendAnswer sent) => shared.CallAsync("emails.get", sent.Id);

    static IEnumerable<string?> Strings(ResendAnswer email, string property) =>
        email.Value.GetProperty(property).EnumerateArray().Select(item => item.GetString());
}
