using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Relays;

/// <summary>An answer of <c>/v1/relays</c>.</summary>
internal sealed record RelayReply(int Status, string MediaType, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    /// <summary>The first field of that name, as text.</summary>
    public string? this[string name] =>
        Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    /// <summary>That it is this problem, and that its sentence names what is wrong.</summary>
    public void ShouldBe(int status, string code, string named)
    {
        Assert.Equal((status, "application/problem+json", code), (Status, MediaType, this["code"]));
        Assert.Contains(named, this["detail"], StringComparison.Ordinal);
    }

    /// <summary>The stages of a test: <c>name ok</c>, …, and what was said in the last one.</summary>
    public (string Stages, string Said, string? Hint) Test()
    {
        var stages = Json.GetProperty("stages").EnumerateArray().ToList();
        return (
            string.Join(
                ' ', stages.Select(stage => stage.GetProperty("stage").GetString() + (stage.GetProperty("ok").GetBoolean() ? "" : "!"))),
            stages[^1].GetProperty("said").GetString()!,
            stages[^1].GetProperty("hint").GetString());
    }
}

/// <summary>Asks a server about relays.</summary>
internal static class RelayClient
{
    public static async Task<RelayReply> RelaysAsync(this HttpClient client, HttpMethod method, string path = "", object? body = null)
    {
        using var request = new HttpRequestMessage(
            method, "/v1/relays" + path)
        { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request);
        return new((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A client with a key of the whole instance, for the first tenant.</summary>
    public static async Task<HttpClient> ClientOfTheInstanceAsync(this ServerProcess server)
    {
        var client = server.ClientWith(await server.MakeKeyAsync(tenant: null));
        client.DefaultRequestHeaders.Add("Waybill-Tenant", "default");
        return client;
    }

    public static Task<RelayReply> RelaysAsync(this ServerProcess server, HttpMethod method, string path = "", object? body = null) =>
        server.Client.RelaysAsync(method, path, body);
}
