using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>Every route, as the program maps it, against every key that must not open it.</summary>
public sealed partial class Keys_that_do_not_open(KeysOfEveryKind keys) : IClassFixture<KeysOfEveryKind>
{
    public static TheoryData<string, string, string> Routes => [.. RouteTable.Guarded];

    [Fact]
    public void The_routes_without_a_key_have_a_signed_link() =>
        Assert.Equal(["/emails/{id}/attachments/{attachment}/content", "/unsubscribe/{token}", "/unsubscribe/{token}"], RouteTable.Open);

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Are_refused(string method, string path, string scope)
    {
        await ShouldBeRefusedAsync(method, path, null, 401, "missing_api_key", "Authorization: Bearer");
        await ShouldBeRefusedAsync(method, path, "wb_" + new string('a', 32), 403, "invalid_api_key", "invalid or was revoked");
        await ShouldBeRefusedAsync(method, path, keys.Revoked, 403, "invalid_api_key", "invalid or was revoked");
        await ShouldBeRefusedAsync(method, path, keys.Without(scope), 401, "restricted_api_key", scope);
        await ShouldBeRefusedAsync(method, path, keys.Instance, 403, "invalid_access", "Waybill-Tenant");
        await ShouldBeRefusedAsync(method, path, keys.Instance, 403, "invalid_access", "Waybill-Tenant", tenant: "nobody");
        await ShouldBeRefusedAsync(method, path, keys.Server.ApiKey, 403, "invalid_access", "Waybill-Tenant", tenant: "another");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Of_another_tenant_find_nothing(string method, string path, string scope)
    {
        Assert.NotEmpty(scope);
        if (!path.Contains('{', StringComparison.Ordinal)) return; // a list or a post; what it shows is the next spec's
        if (path.StartsWith("/v1/streams", StringComparison.Ordinal)) return; // every tenant's; who may change them has a spec of its own
        foreach (var key in (string[])[keys.OfAnother, keys.Instance])
            await ShouldBeRefusedAsync(method, path, key, 404, "not_found", "", tenant: key == keys.Instance ? "another" : null);
    }

    [Theory]
    [InlineData("/emails")]
    [InlineData("/api-keys")]
    [InlineData("/v1/relays")]
    public async Task Of_another_tenant_list_nothing_of_ours(string path)
    {
        using var client = keys.Server.ClientWith(keys.OfAnother);

        var listed = await client.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.DoesNotContain(keys.Email, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.KeyId, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.Relay, listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_instance_see_the_tenant_that_they_name()
    {
        using var client = keys.Server.ClientWith(keys.Instance);
        client.DefaultRequestHeaders.Add("Waybill-Tenant", "default");

        var email = await client.GetFromJsonAsync<JsonElement>(new Uri("/emails/" + keys.Email, UriKind.Relative));

        Assert.Equal(keys.Email, email.GetProperty("id").GetString());
    }

    async Task ShouldBeRefusedAsync(string method, string path, string? key, int status, string name, string named, string? tenant = null)
    {
        var filled = Id().Replace(path.Replace("{attachment}", keys.Attachment, StringComparison.Ordinal), keys.IdOf(path));
        using var request = new HttpRequestMessage(new HttpMethod(method), filled);
        if (tenant is not null) request.Headers.Add("Waybill-Tenant", tenant);
        if (method is "POST" or "PATCH" or "PUT") request.Content = JsonContent.Create(new { name = "x", scheduled_at = "in 5 minutes" });
        using var client = keys.Server.ClientWith(key);
        (await UntouchedServer.SendAsync(request, client)).ShouldBe(status, name, named);
    }

    [GeneratedRegex("\\{id\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}

/// <summary>A server with an email that has an attachment, and keys of every kind.</summary>
public sealed class KeysOfEveryKind : IAsyncLifetime
{
    readonly Dictionary<string, string> only = new(StringComparer.Ordinal);

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>A scheduled email of the first tenant, and its attachment.</summary>
    public string Email { get; private set; } = "";

    public string Attachment { get; private set; } = "";

    /// <summary>The id of a key of the first tenant.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>The id of a relay of the first tenant.</summary>
    public string Relay => IdOf("/v1/relays");

    public string Revoked { get; private set; } = "";

    public string Instance { get; private set; } = "";

    public string OfAnother { get; private set; } = "";

    /// <summary>An id of the first tenant that a route is about.</summary>
    public string IdOf(string path) => Owned.FirstOrDefault(owned => path.StartsWith(owned.Prefix, StringComparison.Ordinal)).Id ?? Email;

    List<(string Prefix, string Id)> Owned { get; } = [];

    /// <summary>A key that has scopes, but not this one.</summary>
    public string Without(string scope) => only.First(key => key.Key != scope).Value;

    public async ValueTask InitializeAsync()
    {
        Server = await ServerProcess.StartAsync();
        Email = await PostAsync("/emails", new
        {
            from = "shop@example.com",
            to = "ada@example.org",
            subject = "s",
            text = "t",
            scheduled_at = "in 1 hour",
            attachments = new[] { new { filename = "a.txt", content = "YQ==" } },
        }, "id");
        Attachment = (await Server.Client.GetFromJsonAsync<JsonElement>(new Uri($"/emails/{Email}/attachments", UriKind.Relative)))
            .GetProperty("data")[0].GetProperty("id").GetString()!;
        foreach (var scope in (string[])["emails:send", "emails:read"]) only[scope] = await PostAsync("/api-keys", new { name = scope, scopes = new[] { scope } }, "token");
        await RevokeOneAsync();
        KeyId = await PostAsync("/api-keys", new { name = "theirs" }, "id");
        Owned.Add(("/v1/relays", await PostAsync("/v1/relays", new { name = "theirs", kind = "smtp", host = "smtp.example.com" }, "id")));
        Instance = (await Server.RunAsync("keys", "create", "--instance")).Text.Trim();
        OfAnother = (await Server.RunAsync("keys", "create", "--tenant", "another")).Text.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
    }

    async Task RevokeOneAsync()
    {
        using var made = await Server.Client.PostAsJsonAsync(new Uri("/api-keys", UriKind.Relative), new { name = "old" });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        Revoked = key.GetProperty("token").GetString()!;
        using var client = Server.ClientWith(Revoked);
        (await client.GetAsync(new Uri("/emails", UriKind.Relative))).EnsureSuccessStatusCode().Dispose(); // it is remembered now
        (await Server.Client.DeleteAsync(new Uri("/api-keys/" + key.GetProperty("id").GetString(), UriKind.Relative))).EnsureSuccessStatusCode().Dispose();
    }

    async Task<string> FirstLogAsync() => await Eventually.GetAsync("a request to be noted", async () =>
    {
        var list = await Server.Client.GetFromJsonAsync<JsonElement>(new Uri("/logs", UriKind.Relative));
        return list.GetProperty("data").GetArrayLength() > 0 ? list.GetProperty("data")[0].GetProperty("id").GetString() : null;
    });

    async Task<string> PostAsync(string path, object body, string field)
    {
        using var answer = await Server.Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty(field).GetString()!;
    }
}
