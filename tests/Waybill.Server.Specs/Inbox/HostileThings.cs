using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Waybill.Server.Specs.Studio;
using Waybill.Testing;

namespace Waybill.Server.Specs.Inbox;

/// <summary>Puts one text wherever a program or somebody it writes for may put one, beside the mail itself.</summary>
internal static class HostileThings
{
    const int LongestName = 100;

    /// <summary>The pages on which it is shown.</summary>
    public static async Task<IReadOnlyList<string>> PostAsync(ServerProcess server, string payload)
    {
        var (name, word) = (payload[..Math.Min(payload.Length, LongestName)], "t" + Guid.CreateVersion7().ToString("N"));
        var template =
            await server.PostAsync(
                "/templates",
                new
                {
                    name,
                    alias = word,
                    subject = "{{word}}",
                    markdown = "{{word}}",
                    variables = new[] { new { key = "word", type = "string" } }
                });
        using var published = await server.Client.PostAsync(new Uri($"/templates/{template}/publish", UriKind.Relative), content: null);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        var brand =
            await server.PostAsync(
                "/v1/brands", new { alias = word, name, footer = payload, sender_name = name, sender_address = "shop@example.com" });
        var message =
            await server.PostAsync(
                "/emails",
                new
                {
                    to = $"{Quoted(payload)} <ann@example.org>",
                    template = new { id = template, variables = new { word = payload }, brand = word }
                });
        var relay =
            await server.PostAsync(
                "/v1/relays", new { kind = "smtp", name = word + name[..Math.Min(name.Length, 60)], host = "smtp.example.net" });
        var key = await server.PostAsync("/api-keys", new { name });
        var happened = await EventAsync(server, payload);
        return
        [
            .. new[]
            {
                "messages", $"messages/{message}", $"messages/{message}?side=data", $"messages/{message}?side=headers",
                $"messages/{message}?side=again", "templates", $"templates/{template}", $"templates/{template}/history", "brands",
                $"brands/{brand}", "events", "events/types", $"events/{happened}", "relays", $"relays/{relay}", "keys", $"keys/{key}",
                "logs", "audit",
            }.Select(page => "/admin/t/default/" + page),
        ];
    }

    /// <summary>A display name that may hold anything (RFC 5322 §3.2.4).</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static async Task<string> EventAsync(ServerProcess server, string payload)
    {
        var happened = JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["specversion"] = "1.0",
            ["id"] = Guid.CreateVersion7().ToString(),
            ["source"] = "/" + Uri.EscapeDataString(payload),
            ["type"] = "shop." + payload,
            ["subject"] = payload,
            ["note"] = payload,
            ["data"] = new Dictionary<string, string>(StringComparer.Ordinal) { [payload] = payload },
        });
        using var content = new StringContent(happened, Encoding.UTF8, "application/cloudevents+json");
        using var answer = await server.Client.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
