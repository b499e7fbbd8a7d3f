using System.Net.Http.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>A server with two books: one writes its errors itself and reaches other sites, the other does neither.</summary>
public sealed class What_is_one_books_own : IAsyncLifetime
{
    static readonly string Executable = Repository.PathOf("artifacts/bin/Waybill.TwoBooks/debug/Waybill.TwoBooks");

    static readonly Dictionary<string, string> BehindAProxy = new(StringComparer.Ordinal) { ["Server__TrustedProxies"] = "127.0.0.1" };

    ServerProcess server = null!;

    public async ValueTask InitializeAsync() => server = await ServerProcess.StartAsync(BehindAProxy, Executable);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(null, 401, "missing_api_key")]
    [InlineData("wb_nobody_has_this_one", 403, "invalid_api_key")]
    [InlineData("emails:send", 401, "restricted_api_key")]
    public async Task Is_the_shape_of_what_the_gate_says(string? key, int status, string code)
    {
        using var client = server.ClientWith(key is "emails:send" ? await server.MakeKeyAsync("default", key) : key);

        using var shaped = await client.PostAsJsonAsync("/visits/v1/visits", new { visitor = "Ada", host = "bob@example.com" });
        using var plain = await client.GetAsync(new Uri("/tower/v1/view", UriKind.Relative));

        Assert.Equal((status, $$"""{"oops":"{{code}}"}"""), ((int)shaped.StatusCode, await shaped.Content.ReadAsStringAsync()));
        Assert.Equal((status, "application/problem+json"), ((int)plain.StatusCode, plain.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"urn:waybill:error:{code}", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_shape_of_too_many_requests_which_are_counted_for_each_route()
    {
        using var shaped = await LastOfAsync("/visits/v1/count", 31);
        using var plain = await LastOfAsync("/tower/v1/steps", 2);

        Assert.Equal((429, """{"oops":"rate_limit_exceeded"}"""), ((int)shaped.StatusCode, await shaped.Content.ReadAsStringAsync()));
        Assert.Equal((429, "application/problem+json"), ((int)plain.StatusCode, plain.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Is_the_policy_that_lets_its_pages_reach_other_sites()
    {
        using var owner = await OperatorClient.EnterAsync(server);

        var own = await PolicyAsync(owner, "/visits");
        Assert.Contains("connect-src 'self' https://ask.example;", own, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: https://look.example;", own, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://pay.example;", own, StringComparison.Ordinal);
        foreach (var path in (string[])["/tower", "/admin/instance/health", "/admin/sign-in"])
            Assert.DoesNotContain(".example", await PolicyAsync(owner, path), StringComparison.Ordinal);
    }

    async Task<HttpResponseMessage> LastOfAsync(string path, int times)
    {
        using var stranger = server.ClientWith(key: null);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        for (var n = 1; n < times; n++) await stranger.GetStringAsync(new Uri(path, UriKind.Relative));
        return await stranger.GetAsync(new Uri(path, UriKind.Relative));
    }

    static async Task<string> PolicyAsync(OperatorClient owner, string path)
    {
        using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? Assert.Single(policies) : "";
    }
}
