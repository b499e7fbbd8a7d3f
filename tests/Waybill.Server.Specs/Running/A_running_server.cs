using System.Net.Sockets;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

public class A_running_server(SharedServer shared)
{
    [Theory]
    [InlineData("abc-DEF_1.2", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    [InlineData("{\"a\":1}", false)]
    [InlineData("x,y", false)]
    public async Task Keeps_a_request_id_that_is_harmless_and_gives_one_otherwise(string theirs, bool isKept)
    {
        var answered = await IdOfAsync(theirs);

        Assert.NotEmpty(answered);
        Assert.Equal(isKept, answered == theirs);
    }

    [Fact]
    public async Task Keeps_no_request_id_that_is_long()
    {
        Assert.Equal(new string('a', 64), await IdOfAsync(new string('a', 64)));
        Assert.NotEqual(new string('a', 65), await IdOfAsync(new string('a', 65)));
    }

    [Fact]
    public async Task Says_that_it_lives_and_check_by_check_that_it_is_ready()
    {
        var server = await shared.ServerAsync();
        using var client = server.ClientWith(null);

        Assert.Equal("ok", await client.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        using var ready = JsonDocument.Parse(await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        Assert.True(ready.RootElement.GetProperty("is_ready").GetBoolean());
        Assert.Equal(
            [("database", true, "sqlite takes writes."),
                ("mail", true, "Mail is captured: it stays in Waybill's inbox and nothing is sent. Set SMTP_HOST to send it.")],
            ready.RootElement.GetProperty("checks").EnumerateArray()
                .Select(
                    check => (check.GetProperty("name").GetString(), check.GetProperty("is_good").GetBoolean(),
                        check.GetProperty("sentence").GetString())));
    }

    [Fact]
    public async Task Says_to_a_tenant_that_it_is_ready_and_not_why()
    {
        var server = await shared.ServerAsync();

        Assert.Equal("""{"is_ready":true}""", await server.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
    }

    [Theory]
    [InlineData("GET", "/control/keys")]
    [InlineData("POST", "/control/keys")]
    [InlineData("GET", "/CONTROL/keys")]
    [InlineData("GET", "/control")]
    [InlineData("POST", "/control/send-test")]
    [InlineData("GET", "//control/keys")]
    [InlineData("GET", "/control%2Fkeys")]
    public async Task Has_no_control_routes_over_TCP(string method, string path)
    {
        var server = await shared.ServerAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Address.GetLeftPart(UriPartial.Authority) + path);
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/control/keys/list", 405)] // verbs are asked for by POST
    [InlineData("/emails", 404)]
    [InlineData("/admin", 404)]
    [InlineData("/healthz", 404)]
    [InlineData("/readyz", 404)]
    [InlineData("/", 404)]
    [InlineData("/_content/Waybill.Screens/waybill.css", 404)]
    public async Task Has_nothing_else_over_the_control_socket(string path, int status)
    {
        var server = await shared.ServerAsync();
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(server, stop) });
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);

        using var answer = await client.GetAsync(new Uri("http://localhost" + path));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/nowhere", 404, "not_found")]
    [InlineData("/openapi/v1.json", 404, "not_found")]
    [InlineData("/_content/../appsettings.json", 404, "not_found")]
    [InlineData("/_content/Waybill.Screens/%2e%2e/%2e%2e/waybill.db", 404, "not_found")]
    public async Task Answers_in_JSON_where_nothing_is(string path, int status, string name)
    {
        var server = await shared.ServerAsync();
        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"\"{name}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    async Task<string> IdOfAsync(string theirs)
    {
        var server = await shared.ServerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/healthz"));
        Assert.True(request.Headers.TryAddWithoutValidation("X-Request-Id", theirs));
        using var answer = await server.Client.SendAsync(request);
        return answer.Headers.GetValues("X-Request-Id").Single();
    }

    static async ValueTask<Stream> ConnectAsync(ServerProcess server, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(server.DataFolder, "control.sock")), stop);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
