using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Waybill.Server.Specs.Bodies;

[Collection(nameof(TightServer))]
public class Bodies_that_lie_or_linger(TightServer server)
{
    [Theory]
    [InlineData("POST /emails")]
    [InlineData("PATCH /v1/streams/api")]
    [InlineData("POST /racketbook/v1/stringers")]
    public async Task Are_told_that_their_time_is_over(string route)
    {
        using var request = await server.BeginAsync(route);
        await request.SendAsync("Content-Length: 1000\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408 ", await request.AnswerAsync(until: "request_timeout"), StringComparison.Ordinal);
    }

    /// <summary>Each octet alone would be in time.</summary>
    [Fact]
    public async Task Are_told_so_though_they_go_on_and_on()
    {
        using var request = await server.BeginAsync("POST /emails");
        await request.SendAsync("Transfer-Encoding: chunked\r\n\r\n");
        var answer = request.AnswerAsync(until: "\r\n");
        while (!answer.IsCompleted && await request.TrySendAsync("1\r\n \r\n")) await Task.WhenAny(answer, Task.Delay(5));

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_told_so_in_a_form_too()
    {
        using var request = await server.BeginAsync("POST /admin/sign-in");
        await request.SendAsync("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=");

        Assert.StartsWith("HTTP/1.1 4", await request.AnswerAsync(until: "\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_refused_before_they_are_sent_when_the_client_asks_first()
    {
        using var request = await server.BeginAsync("POST /emails");
        await request.SendAsync("Content-Length: 900000000\r\nExpect: 100-continue\r\n\r\n");

        var answer = await request.AnswerAsync(until: "\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_refused_when_they_announce_much_and_send_nothing()
    {
        using var request = await server.BeginAsync("POST /emails");
        await request.SendAsync("Content-Length: 900000000\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await request.AnswerAsync(until: "\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_not_taken_when_they_are_shorter_than_they_said()
    {
        using var request = await server.BeginAsync("POST /emails");
        await request.SendAsync("Content-Length: 1000\r\n\r\n" + BadInput.Post.Good().ToJsonString());

        Assert.DoesNotContain("HTTP/1.1 200", await request.End().AnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_cut_where_they_said_when_they_are_longer()
    {
        using var request = await server.BeginAsync("POST /emails");
        await request.SendAsync("Content-Length: 20\r\n\r\n" + BadInput.Post.Good().ToJsonString() + "\r\n\r\n");

        var answer = await request.AnswerAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    /// <summary>More than a mebibyte of honest JSON is a route's business only where large things belong.</summary>
    [Theory]
    [InlineData("/suppressions", 2, "1 MiB")]
    [InlineData("/suppressions/batch/add", 2, "1 MiB")]
    [InlineData("/api-keys", 2, "1 MiB")]
    [InlineData("/v1/routes", 2, "1 MiB")]
    [InlineData("/v1/brands", 2, "1 MiB")]
    [InlineData("/events/send", 9, "8 MiB")]
    [InlineData("/v1/events", 9, "8 MiB")]
    [InlineData("/templates", 17, "16 MiB")]
    public async Task Are_small_where_nothing_large_belongs(string path, int mebibytes, string named)
    {
        var refused = await PostAsync(path, "{\"note\":\"" + new string('x', mebibytes << 20) + "\"}");

        refused.ShouldBe(413, "validation_error", named);
    }

    /// <summary>
    /// Larger than what the sockets hold on their way: a server that closed at once would take the answer away from who still writes.
    /// </summary>
    [Theory]
    [InlineData("POST", "/admin/sign-in", "application/x-www-form-urlencoded", false)]
    [InlineData("POST", "/admin/sign-in", "application/x-www-form-urlencoded", true)]
    [InlineData("POST", "/admin/reset", "multipart/form-data; boundary=x", false)]
    [InlineData("POST", "/racketbook/v1/stringers", "application/json", false)]
    [InlineData("POST", "/racketbook/v1/stringers", "application/json", true)]
    public async Task Are_answered_413_and_the_client_gets_to_read_it(string method, string path, string type, bool isChunked)
    {
        var content =
            new ByteArrayContent(
                Encoding.ASCII.GetBytes("email=" + new string('x', 30_000_000)))
            {
                Headers =
                    { ContentType = MediaTypeHeaderValue.Parse(type) }
            };
        using var request = new HttpRequestMessage(new(method), path) { Content = content, Version = HttpVersion.Version11 };
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await server.Process.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("/emails", 20)]
    [InlineData("/emails/batch", 20)]
    [InlineData("/events/send", 3)]
    [InlineData("/suppressions", 1)]
    public async Task Are_refused_when_they_are_made_of_numbers(string path, int mebibytes)
    {
        var refused = await PostAsync(path, $"[{string.Join(',', Enumerable.Repeat('1', (mebibytes << 19) - 2))}]");

        refused.ShouldBe(413, "validation_error", "names, values and brackets");
    }

    [Fact]
    public async Task Are_refused_when_a_Buffer_in_them_never_ends()
    {
        var refused =
            await PostAsync("/emails", "{\"attachments\":[{\"content\":{\"data\":[" + string.Join(',', Enumerable.Repeat('1', 2_000_000)));

        refused.ShouldBe(422, "invalid_attachment", "base64");
    }

    async Task<BadInput.Refused> PostAsync(string path, string json)
    {
        var content =
            new ByteArrayContent(
                Encoding.ASCII.GetBytes(json))
            { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (path == "/v1/events") content.Headers.ContentType = new("application/cloudevents+json");
        return await BadInput.UntouchedServer.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Version = HttpVersion.Version11 }, server.Process.Client);
    }
}
