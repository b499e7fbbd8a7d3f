using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Relays;

/// <summary>A Waybill speaks Resend's API, so another one can send through it as if it were Resend.</summary>
public class Sending_through_a_second_Waybill(SharedServer shared)
{
    [Fact]
    public async Task Carries_all_of_an_email_across()
    {
        await using var sender = await SenderAsync();
        var subject = "Ünïcode " + Guid.CreateVersion7();
        var file = Encoding.UTF8.GetBytes(new string('x', 100_000));
        using var posted = await sender.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), new
        {
            from = "Corner Shop <shop@example.com>",
            to = new[] { "Ada <ada@example.org>" },
            cc = "bob@example.org",
            bcc = "hidden@example.org",
            reply_to = "help@example.com",
            subject,
            html = "<p>Thank you.</p>",
            text = "Thank you.",
            headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Order"] = "42" },
            attachments = new[] { new { filename = "receipt.txt", content = Convert.ToBase64String(file), content_type = "text/plain" } },
        });
        var id = (await posted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await sender.ShouldBecomeAsync(id, "sent");

        var (there, email) = await ArrivedAsync(subject);

        Assert.Equal(
            ("Corner Shop <shop@example.com>", "Ada <ada@example.org>", "bob@example.org", "hidden@example.org", "<p>Thank you.</p>",
                "Thank you."),
            (email.GetProperty("from").GetString(), First(email, "to"), First(email, "cc"), First(email, "bcc"),
                email.GetProperty("html").GetString(), email.GetProperty("text").GetString()));
        var mime = Encoding.UTF8.GetString(await shared.RenderAsync(there));
        Assert.Contains("X-Order: 42", mime, StringComparison.Ordinal);
        Assert.Contains("receipt.txt", mime, StringComparison.Ordinal);
        var page = await sender.PageAsync(id);
        Assert.Contains($"200 id {there}", page, StringComparison.Ordinal);
        Assert.Contains("C: Idempotency-Key: " + id, page, StringComparison.Ordinal);
        Assert.DoesNotContain((await shared.ServerAsync()).ApiKey, page + sender.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_with_the_name_of_the_setting_when_the_key_is_wrong()
    {
        await using var sender = await SenderAsync(key: "wb_" + new string('a', 32));

        var id = await sender.PostEmailAsync();

        await sender.ShouldBecomeAsync(id, "failed");
        Assert.Contains(
            "403 invalid_api_key: API key is invalid or was revoked. (check Email:Resend:ApiKey)", await sender.PageAsync(id),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_at_the_start_where_mail_goes()
    {
        await using var sender = await SenderAsync();

        Assert.Contains(
            $"Mail goes to Resend's API at {(await shared.ServerAsync()).Address.GetLeftPart(UriPartial.Authority)}.", sender.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_tested_stage_by_stage()
    {
        var server = await shared.ServerAsync();
        var url = server.Address.ToString();

        var good = await server.RelaysAsync(HttpMethod.Post, "/test", new { kind = "resend", base_url = url, api_key = server.ApiKey });
        var bad =
            await server.RelaysAsync(
                HttpMethod.Post, "/test", new { kind = "resend", base_url = url, api_key = "wb_" + new string('a', 32) });

        Assert.Equal("name connect key", good.Test().Stages);
        Assert.Equal("name connect key!", bad.Test().Stages);
        Assert.Contains("403 invalid_api_key", bad.Test().Said, StringComparison.Ordinal);
        Assert.DoesNotContain(server.ApiKey, good.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_relay_of_those_that_name_it_where_SMTP_is_the_default_one()
    {
        await using var smtp = Testing.Smtp.BookkeepingRelay.Start();
        await using var sender = await SenderAsync(more: new(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SMTP_SECURITY"] = "none",
        });
        const string beside = "00000000-0000-7000-8000-000000000002";
        using var instance = await sender.ClientOfTheInstanceAsync();

        await sender.ShouldBecomeAsync(await sender.PostEmailAsync(), "sent");

        Assert.Equal(1, smtp.Count);
        Assert.Equal("resend", (await sender.RelaysAsync(HttpMethod.Get, "/" + beside))["kind"]);
        Assert.Equal("name connect key", (await instance.RelaysAsync(HttpMethod.Post, $"/{beside}/test")).Test().Stages);
        Assert.Contains("Brands can send through Resend's API", sender.Output, StringComparison.Ordinal);
    }

    async Task<ServerProcess> SenderAsync(string? key = null, Dictionary<string, string>? more = null)
    {
        var other = await shared.ServerAsync();
        return await ServerProcess.StartAsync(new Dictionary<string, string>(more ?? [], StringComparer.Ordinal)
        {
            ["Email__Provider"] = "resend",
            ["Email__Resend__BaseUrl"] = other.Address.ToString(),
            ["Email__Resend__ApiKey"] = key ?? other.ApiKey,
        });
    }

    async Task<(string Id, JsonElement Email)> ArrivedAsync(string subject)
    {
        var server = await shared.ServerAsync();
        var list = await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/emails?limit=100", UriKind.Relative));
        var id = list.GetProperty("data").EnumerateArray().Single(email => email.GetProperty("subject").GetString() == subject)
            .GetProperty("id").GetString()!;
        return (id, await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/emails/" + id, UriKind.Relative)));
    }

    static string? First(JsonElement email, string field) => Assert.Single(email.GetProperty(field).EnumerateArray()).GetString();
}
