using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.V1;

public class The_bytes_of_a_templated_message
{
    [Theory]
    [InlineData("Pacific/Auckland", "th_TH.UTF-8")]
    [InlineData("America/Los_Angeles", "tr_TR.UTF-8")]
    public async Task Stay_the_same_after_every_change_in_another_time_zone_and_culture(string zone, string culture)
    {
        await using var server = await ServerProcess.StartAsync();
        await PostAsync(server, "/v1/brands", new { alias = "shop", name = "Court Side", colour = "#0a7f4f", is_default = true });
        await PublishAsync(server, "Paid {{money total}} on {{date paid_at}}.");
        var id = (await PostAsync(server, "/emails", new
        {
            from = "shop@example.com",
            to = "ann@example.org",
            template = new
            {
                id = "receipt",
                locale = "de",
                variables = new { total = new { minor = 1234567, currency = "CHF" }, paid_at = "2026-11-21T23:30:00Z" }
            },
        })).GetProperty("id").GetString()!;
        await SentAsync(server, id);
        var sent = await RenderAsync(server, id);
        await PublishAsync(server, "Something else: {{money total}}, {{date paid_at}}.", isNew: false);
        using var renamed =
            await server.Client.PatchAsJsonAsync(
                new Uri("/v1/brands/shop", UriKind.Relative), new { name = "Another", colour = "#aa0000", locale = "en" });

        await server.StopAsync();
        await server.StartAgainAsync(new Dictionary<string, string> { ["TZ"] = zone, ["LC_ALL"] = culture });
        Assert.Equal(sent, await RenderAsync(server, id));
        Assert.Contains("Nothing differs", (await server.RunAsync("render", id, "--again")).Text, StringComparison.Ordinal);
    }

    static async Task PublishAsync(ServerProcess server, string markdown, bool isNew = true)
    {
        var template = new
        {
            name = "Receipt",
            alias = "receipt",
            subject = "Receipt",
            markdown,
            variables = new object[]
            {
                new { key = "total", type = "money", sample = new { minor = 100, currency = "CHF" } },
                new { key = "paid_at", type = "date", sample = "2026-01-01" },
            },
        };
        if (isNew) await PostAsync(server, "/templates", template);
        else
            (await server.Client.PatchAsJsonAsync(new Uri("/templates/receipt", UriKind.Relative), template)).EnsureSuccessStatusCode()
                .Dispose();
        await PostAsync(server, "/templates/receipt/publish", new { });
    }

    static async Task SentAsync(ServerProcess server, string id) => await Eventually.IsTrueAsync(
        "the email to be sent",
        async () =>
            (await server.Client.GetFromJsonAsync<JsonElement>(new Uri($"/emails/{id}", UriKind.Relative))).GetProperty("last_event")
                .GetString() == "sent");

    static async Task<byte[]> RenderAsync(ServerProcess server, string id)
    {
        var run = await server.RunAsync("render", id);
        Assert.True(run.ExitCode == 0, run.Complaints);
        return run.Output;
    }

    static async Task<JsonElement> PostAsync(ServerProcess server, string path, object body)
    {
        using var answer = await server.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
