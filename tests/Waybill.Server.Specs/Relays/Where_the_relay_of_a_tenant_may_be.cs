namespace Waybill.Server.Specs.Relays;

/// <summary>A tenant's key is no way to look for open doors on the operator's own net.</summary>
public class Where_the_relay_of_a_tenant_may_be(SharedServer shared)
{
    public static TheoryData<string, object> Inside => new()
    {
        { "127.0.0.1", Smtp("127.0.0.1") },
        { "localhost", Smtp("localhost") },
        { "10.0.0.5", Smtp("10.0.0.5") },
        { "::1", Smtp("::1") },
        { "169.254.169.254", Smtp("169.254.169.254") },
        { "127.0.0.1", new { name = "inside", kind = "resend", api_key = "re_123", base_url = "http://127.0.0.1:8025" } },
    };

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task Is_not_on_the_net_of_the_operator(string named, object relay)
    {
        using var tenant = await TenantAsync();

        (await tenant.RelaysAsync(HttpMethod.Post, "/test", relay)).ShouldBe(422, "validation_error", named);
        (await tenant.RelaysAsync(HttpMethod.Post, body: relay)).ShouldBe(422, "validation_error", named);
    }

    [Fact]
    public async Task Is_not_moved_there_either()
    {
        using var tenant = await TenantAsync();
        var made = await tenant.RelaysAsync(HttpMethod.Post, body: Smtp("198.41.0.4"));

        (await tenant.RelaysAsync(HttpMethod.Patch, "/" + made.Id, new { host = "127.0.0.1" })).ShouldBe(
            422, "validation_error", "127.0.0.1");
        Assert.Equal(200, (await tenant.RelaysAsync(HttpMethod.Delete, "/" + made.Id)).Status);
    }

    [Fact]
    public async Task Is_anywhere_for_the_first_tenant()
    {
        var test = await (await shared.ServerAsync()).RelaysAsync(HttpMethod.Post, "/test", Smtp("127.0.0.1", Testing.FreePorts.Take()));

        Assert.Equal((200, "name connect!"), (test.Status, test.Test().Stages));
    }

    static object Smtp(string host, int port = 25) => new { name = "inside " + host, kind = "smtp", host, port, security = "none" };

    async Task<HttpClient> TenantAsync()
    {
        var server = await shared.ServerAsync();
        return server.ClientWith(await server.MakeKeyAsync("another"));
    }
}
