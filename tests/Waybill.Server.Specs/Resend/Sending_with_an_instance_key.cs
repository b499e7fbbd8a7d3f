using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.Server.Specs.Resend;

/// <summary>One key that speaks for several tenants, which may number their requests alike.</summary>
public class Sending_with_an_instance_key(SharedServer shared)
{
    static readonly object Letter = new { from = "Shop <shop@example.com>", to = "ada@example.org", subject = "Hello", text = "Hello" };

    readonly string key = $"order-{Guid.CreateVersion7()}";

    [Theory]
    [InlineData("/emails", "id")]
    [InlineData("/emails/batch", "data")]
    public async Task Sends_for_each_tenant_under_the_same_idempotency_key(string route, string answered)
    {
        var client = await ClientAsync();
        object body = route == "/emails" ? Letter : new[] { Letter };

        var mine = await PostAsync(client, route, "default", body, answered);
        var theirs = await PostAsync(client, route, "another", body, answered);

        Assert.NotEqual(mine, theirs);
        Assert.Equal(
            (mine, theirs),
            (await PostAsync(client, route, "default", body, answered), await PostAsync(client, route, "another", body, answered)));
        await ShouldBeOfAsync(client, "default", mine);
        await ShouldBeOfAsync(client, "another", theirs);
    }

    [Fact]
    public async Task Takes_an_event_in_for_each_tenant_under_the_same_idempotency_key()
    {
        var client = await ClientAsync();
        var body = new { @event = "user.joined", email = "ada@example.org" };

        using var mine = await SendAsync(client, "/events/send", "default", body);
        using var theirs = await SendAsync(client, "/events/send", "another", new { @event = "user.left", email = "bob@example.org" });

        Assert.Equal((202, 202), ((int)mine.StatusCode, (int)theirs.StatusCode));
    }

    async Task<HttpClient> ClientAsync()
    {
        await shared.KeyOfAnotherTenantAsync(); // makes the tenant
        var server = await shared.ServerAsync();
        return server.ClientWith(await server.MakeKeyAsync(tenant: null));
    }

    async Task<string> PostAsync(HttpClient client, string route, string tenant, object body, string answered)
    {
        using var answer = await SendAsync(client, route, tenant, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var json = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(answered);
        return (json.ValueKind == JsonValueKind.Array ? json[0].GetProperty("id") : json).GetString()!;
    }

    Task<HttpResponseMessage> SendAsync(HttpClient client, string route, string tenant, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = JsonContent.Create(body) };
        request.Headers.Add("Waybill-Tenant", tenant);
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    static async Task ShouldBeOfAsync(HttpClient client, string tenant, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/emails/{id}");
        request.Headers.Add("Waybill-Tenant", tenant);
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{id} is not of {tenant}");
    }
}
