using System.Text.Json;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Attachments_of_an_email(SharedServer shared)
{
    static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0xFF];
    static readonly object Logo = new { filename = "logo.png", content = ResendClient.Buffer(Picture), contentId = "logo" };
    const string TermsName = "Bedingungen für Käufer.txt";
    static readonly object Terms = new { filename = TermsName, content = ResendClient.Buffer("hello"u8.ToArray()) };

    [Fact]
    public async Task Are_listed_with_all_the_client_promises()
    {
        var sent = await SendAsync(Logo, Terms);
        var list = await shared.CallAsync("emails.attachments.list", new { emailId = sent.Id });

        Assert.Equal(("list", false), (list.Text("object"), list.Value.GetProperty("has_more").GetBoolean()));
        Assert.Equal(("logo.png", 10, "image/png", "inline", "logo"), Describe(Named(list, "logo.png")));
        Assert.Equal((TermsName, 5, "text/plain", "attachment", null), Describe(Named(list, TermsName)));
    }

    [Fact]
    public async Task Can_be_asked_for_one_by_one()
    {
        var sent = await SendAsync(Logo, Terms);
        var listed = Named(await shared.CallAsync("emails.attachments.list", new { emailId = sent.Id }), "logo.png");
        var one = await shared.CallAsync("emails.attachments.get", new { emailId = sent.Id, id = listed.GetProperty("id").GetString() });

        Assert.Equal("attachment", one.Text("object"));
        Assert.Equal(Describe(listed), Describe(one.Value));
        Assert.True(one.Value.GetProperty("expires_at").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Are_downloaded_without_a_key_by_who_has_the_address()
    {
        var download = new Uri(await DownloadAddressAsync(Logo));
        using var stranger = new HttpClient();

        using var answer = await stranger.GetAsync(download);

        Assert.Equal(Picture, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Are_not_downloaded_by_who_guesses_the_address()
    {
        var download = await DownloadAddressAsync(Logo);
        using var stranger = new HttpClient();

        using var answer = await stranger.GetAsync(new Uri(download[..^1] + (download[^1] == 'A' ? 'B' : 'A')));

        Assert.Contains((int)answer.StatusCode, new[] { 403, 404 });
    }

    [Fact]
    public async Task May_come_as_base64_and_with_a_type_of_their_own()
    {
        var content = Convert.ToBase64String(Picture);
        var sent = await SendAsync(new { filename = "order.bin", content, contentType = "application/x-order" });
        var list = await shared.CallAsync("emails.attachments.list", new { emailId = sent.Id });

        Assert.Equal(("order.bin", 10, "application/x-order", "attachment", null), Describe(Assert.Single(list.Items)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/secret")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]:9/secret")]
    [InlineData("http://localhost:9/secret")]
    [InlineData("file:///etc/passwd")]
    public async Task Are_never_fetched_from_a_private_address(string path) =>
        (await SendAsync(new { filename = "secret.txt", path })).ShouldBeRefused(422, "invalid_attachment");

    [Fact]
    public async Task Need_content_that_can_be_read()
    {
        (await SendAsync(new { filename = "empty.txt" })).ShouldBeRefused(422, "invalid_attachment");
        (await SendAsync(new { filename = "broken.txt", content = "no base64!" })).ShouldBeRefused(422, "invalid_attachment");
    }

    [Fact]
    public async Task Of_an_email_without_any_are_an_empty_list() =>
        Assert.Empty((await shared.CallAsync("emails.attachments.list", new { emailId = (await SendAsync()).Id })).Items);

    Task<ResendAnswer> SendAsync(params object[] attachments) =>
        shared.CallAsync("emails.send", new Mail { Attachments = attachments.Length == 0 ? null : attachments });

    async Task<string> DownloadAddressAsync(object attachment)
    {
        var sent = await SendAsync(attachment);
        var list = await shared.CallAsync("emails.attachments.list", new { emailId = sent.Id });
        return Assert.Single(list.Items).GetProperty("download_url").GetString()!;
    }

    static JsonElement Named(ResendAnswer list, string filename) =>
        list.Items.Single(item => item.GetProperty("filename").GetString() == filename);

    static (string? Name, int Size, string? Type, string? Disposition, string? ContentId) Describe(JsonElement item) => (
        item.GetProperty("filename").GetString(), item.GetProperty("size").GetInt32(), item.GetProperty("content_type").GetString(),
        item.GetProperty("content_disposition").GetString(), item.TryGetProperty("content_id", out var id) ? id.GetString() : null);
}
