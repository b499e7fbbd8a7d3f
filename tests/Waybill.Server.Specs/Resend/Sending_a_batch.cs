using System.Text.Json;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Sending_a_batch(SharedServer shared)
{
    static readonly Mail Bad = new() { To = "nobody" };

    [Fact]
    public async Task Gives_each_mail_an_id_in_the_order_of_the_mails()
    {
        var batch = await SendAsync(new Mail { Subject = "First" }, new Mail { Subject = "Second" });

        Assert.Equal(["First", "Second"], await SubjectsAsync(batch));
    }

    [Fact]
    public async Task Takes_a_hundred_mails_and_not_one_more()
    {
        Assert.Equal(100, (await SendAsync(Mail.Many(100))).Items.Select(Id).Distinct().Count());
        (await SendAsync(Mail.Many(101))).ShouldBeRefused(422, "validation_error");
    }

    [Fact]
    public async Task Must_hold_a_mail() => (await SendAsync()).ShouldBeRefused(422, "validation_error");

    [Fact]
    public async Task Is_refused_as_a_whole_for_one_bad_mail()
    {
        await using var server = await Waybill.Testing.ServerProcess.StartAsync();
        await using var resend = await ResendClient.StartAsync(server.Address, server.ApiKey);

        (await resend.CallAsync("batch.send", [new[] { new Mail(), Bad }])).ShouldBeRefused(422, "validation_error");

        Assert.Empty((await resend.CallAsync("emails.list")).Items);
    }

    [Fact]
    public async Task Takes_the_good_mails_and_names_the_bad_ones_when_permissive()
    {
        var mails = new[] { new Mail { Subject = "Good" }, Bad, new Mail { Subject = "Good too" } };
        var batch = await shared.CallAsync("batch.send", mails, new { batchValidation = "permissive" });

        Assert.Equal(["Good", "Good too"], await SubjectsAsync(batch));
        var error = Assert.Single(batch.Value.GetProperty("errors").EnumerateArray());
        Assert.Equal(1, error.GetProperty("index").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Has_an_empty_list_of_errors_when_permissive_and_all_are_good()
    {
        var batch = await shared.CallAsync("batch.send", Mail.Many(2), new { batchValidation = "permissive" });

        Assert.Equal(0, batch.Value.GetProperty("errors").GetArrayLength());
    }

    // The client's types leave attachments out of a batch, since Resend refuses them; it passes them on all the same, and we take them.
    [Fact]
    public async Task Takes_attachments_and_schedules()
    {
        var batch = await SendAsync(
            new Mail { Attachments = new[] { new { filename = "a.txt", content = ResendClient.Buffer("hello"u8.ToArray()) } } },
            new Mail { ScheduledAt = "in 1 hour" });

        var attachments = await shared.CallAsync("emails.attachments.list", new { emailId = Id(batch.Items[0]) });
        Assert.Equal("a.txt", Assert.Single(attachments.Items).GetProperty("filename").GetString());
        Assert.Equal("scheduled", (await shared.CallAsync("emails.get", Id(batch.Items[1]))).Text("last_event"));
    }

    // The mails are one argument, not several.
    Task<ResendAnswer> SendAsync(params Mail[] mails) => shared.CallAsync("batch.send", [mails]);

    async Task<IEnumerable<string?>> SubjectsAsync(ResendAnswer batch) => await Task.WhenAll(
        batch.Items.Select(async item => (await shared.CallAsync("emails.get", Id(item))).Text("subject")));

    static string? Id(JsonElement item) => item.GetProperty("id").GetString();
}
