using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.Server.Specs.BadInput;

/// <summary>
/// What is said of a key that does not open. Which key opens which route is a table of its own: <c>Access/who-may.txt</c>.
/// </summary>
public sealed class Keys_that_do_not_open(SharedServer shared)
{
    [Theory]
    [InlineData(null, 401, "missing_api_key", "Authorization: Bearer")]
    [InlineData("wb_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 403, "invalid_api_key", "invalid or was revoked")]
    public async Task Are_none_or_nobodys(string? key, int status, string name, string said) =>
        await ShouldBeRefusedAsync(key, tenant: null, status, name, said);

    [Fact]
    public async Task Lack_a_scope() =>
        await ShouldBeRefusedAsync(await MadeAsync("emails:send"), tenant: null, 401, "restricted_api_key", "emails:read");

    [Fact]
    public async Task Are_another_tenants()
    {
        await ShouldBeRefusedAsync(await shared.KeyOfAnotherTenantAsync(), "default", 403, "invalid_access", "Waybill-Tenant");
        await ShouldBeRefusedAsync((await shared.ServerAsync()).ApiKey, "another", 403, "invalid_access", "Waybill-Tenant");
    }

    [Fact]
    public async Task Of_the_instance_name_no_tenant_or_none_that_is()
    {
        var instance = await (await shared.ServerAsync()).MakeKeyAsync(tenant: null);

        await ShouldBeRefusedAsync(instance, tenant: null, 403, "invalid_access", "Waybill-Tenant");
        await ShouldBeRefusedAsync(instance, "nobody", 403, "invalid_access", "Waybill-Tenant");
    }

    [Theory]
    [InlineData("[]", "name at least one")]
    [InlineData("[\"root\"]", "names 'root'")]
    public async Task Are_not_made_for_no_scope_or_one_that_is_none(string scopes, string said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api-keys")
        {
            Content = new StringContent($$"""{"name": "nothing", "scopes": {{scopes}}}""", System.Text.Encoding.UTF8, "application/json"),
        };
        (await UntouchedServer.SendAsync(request, (await shared.ServerAsync()).Client)).ShouldBe(422, "validation_error", said);
    }

    async Task<string> MadeAsync(string scope)
    {
        using var made =
            await (await shared.ServerAsync()).Client.PostAsJsonAsync(
                new Uri("/api-keys", UriKind.Relative), new { name = scope, scopes = new[] { scope } });
        return (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    async Task ShouldBeRefusedAsync(string? key, string? tenant, int status, string name, string said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/emails");
        if (tenant is not null) request.Headers.Add("Waybill-Tenant", tenant);
        using var client = (await shared.ServerAsync()).ClientWith(key);
        (await UntouchedServer.SendAsync(request, client)).ShouldBe(status, name, said);
    }
}
