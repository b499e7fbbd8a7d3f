using System.Net;
using System.Net.Http.Headers;
using Waybill.Server.Specs.Access;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

/// <summary>The server's own address is HTTPS, and a proxy in front of it speaks TLS.</summary>
public class The_headers_of_every_answer(The_headers_of_every_answer.Server behind) : IClassFixture<The_headers_of_every_answer.Server>
{
    const string NoId = "01928374-6574-7392-8192-837465748392";

    static readonly (string Method, string Path)[] Others =
    [
        ("GET", "/nowhere"), ("DELETE", "/healthz"), ("GET", "/v1/nowhere"), ("GET", "/admin/nowhere"), ("GET", "/racketbook/nowhere"),
        ("GET", "/racketbook/v1/nowhere"),
    ];

    [Fact]
    public async Task Let_no_cache_keep_it_and_no_browser_guess_what_it_is()
    {
        var routes = EveryRoute.All.Select(route => route.Split(' ')).Select(route => (Method: route[0], Path: Path(route[1])))
            .Concat(Others).ToList();
        var faults = new List<string>();
        foreach (var key in (string?[])[null, behind.Process.ApiKey])
        {
            foreach (var (method, path) in routes)
            {
                using var answer = await SendAsync(method, path, key);
                if (!IsAsItShould(answer)) faults.Add($"{method} {path}: {(int)answer.StatusCode} {answer.Headers}");
            }
        }

        Assert.True(routes.Count > 150, $"only {routes.Count} routes were asked");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("https", "max-age=31536000")]
    [InlineData("http", null)]
    [InlineData(null, null)]
    public async Task Ask_for_HTTPS_from_now_on_where_the_request_came_by_it(string? proxySays, string? policy)
    {
        foreach (var path in (string[])["/healthz", "/nowhere", "/emails", "/admin"])
        {
            using var answer = await SendAsync("GET", path, key: null, proxySays);
            Assert.Equal(policy, answer.Headers.TryGetValues("Strict-Transport-Security", out var found) ? found.Single() : null);
        }
    }

    static bool IsAsItShould(HttpResponseMessage answer) =>
        answer.Headers.CacheControl is { NoStore: true } && answer.Headers.TryGetValues("X-Content-Type-Options", out var found)
            && found.Single() == "nosniff";

    async Task<HttpResponseMessage> SendAsync(string method, string path, string? key, string? proxySays = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(behind.Process.Address, path));
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (proxySays is not null) request.Headers.Add("X-Forwarded-Proto", proxySays);
        return await behind.Client.SendAsync(request);
    }

    static string Path(string template) => string.Join('/', template.Split('/').Select(part => part is ['{', ..] ? NoId : part));

    /// <summary>A server of its own, for its settings.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public ServerProcess Process { get; private set; } = null!;

        public HttpClient Client { get; } =
            new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });

        public async ValueTask InitializeAsync() =>
            Process = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PublicUrl"] = "https://mail.example.org",
                ["Server__TrustedProxies"] = "127.0.0.1",
            });

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            if (Process is not null) await Process.DisposeAsync();
        }
    }
}
