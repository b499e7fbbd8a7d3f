using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Fields_that_are_too_large(UntouchedServer server)
{
    static readonly string Huge = "\"" + new string('x', 10_000_000) + "\"";
    static readonly string HugeWords = "\"" + string.Concat(Enumerable.Repeat("word ", 2_000_000)) + "\"";

    public static TheoryData<string, string> Table => new()
    {
        { "from", "`from`" }, { "to", "`to`" }, { "cc", "`cc`" }, { "bcc", "`bcc`" }, { "reply_to", "`reply_to`" },
        { "subject", "`subject`" }, { "html", "`html`" }, { "text", "`text`" }, { "scheduled_at", "`scheduled_at`" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Are_named_and_not_repeated(string field, string named)
    {
        var refused = await server.PostAsync(Post.With(field, Huge));

        refused.ShouldBe(422, "validation_error", named);
        await server.ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task Are_named_inside_headers_tags_and_attachments()
    {
        foreach (var email in HugeInside()) (await server.PostAsync(email)).ShouldBe(422, "validation_error", "`");
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("to")]
    [InlineData("cc")]
    [InlineData("bcc")]
    [InlineData("reply_to")]
    public async Task Are_counted(string field)
    {
        var many = string.Join(',', Enumerable.Range(0, 10_000).Select(n => $"\"a{n}@example.org\""));

        (await server.PostAsync(Post.With(field, $"[{many}]"))).ShouldBe(422, "validation_error", "at most 50 entries; it has 10000");
    }

    [Fact]
    public async Task Are_attachments_of_more_than_40_MB_in_all()
    {
        var half = "{\"filename\":\"half.bin\",\"content\":\"" + new string('A', 27_400_000) + "\"}"; // 20.55 MB each

        (await server.PostAsync(Post.With("attachments", $"[{half},{half}]"))).ShouldBe(422, "invalid_attachment", "40 MB");
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Are_answered_413_and_the_client_gets_to_read_it(bool isChunked)
    {
        var body =
            Encoding.UTF8.GetBytes(Post.WithAttachment("{\"filename\":\"big.bin\",\"content\":\"" + new string('A', 60_000_000) + "\"}"));
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/emails") { Content = content, Version = HttpVersion.Version11 };
        request.Headers.TransferEncodingChunked = isChunked;

        (await server.SendAsync(request)).ShouldBe(413, "validation_error", "58 MB");
        await server.ShouldBeEmptyAsync();
    }

    /// <summary>Large bodies pass a few at a time; who vanishes with his must not keep the place.</summary>
    [Fact]
    public async Task Leave_no_trace_when_their_sender_vanishes_half_way()
    {
        for (var n = 0; n < 6; n++) await VanishAsync();

        (await server.PostAsync(Post.With("html", Huge))).ShouldBe(422, "validation_error", "`html`");
    }

    [Fact]
    public async Task Do_not_make_the_server_grow_without_end()
    {
        await PostLargeOnesAsync(12);
        var before = await server.MemoryAsync();
        await PostLargeOnesAsync(12);
        var after = await server.MemoryAsync();

        Assert.True(after < before + 300_000_000, $"{before / 1_000_000} MB before, {after / 1_000_000} MB after");
    }

    async Task PostLargeOnesAsync(int count)
    {
        var email =
            Encoding.UTF8.GetBytes(Post.WithAttachment("{\"filename\":\"\\n\",\"content\":\"" + new string('A', 30_000_000) + "\"}"));
        for (var n = 0; n < count; n++) (await server.PostAsync(email)).ShouldBe(422, "invalid_attachment", "`filename`");
    }

    async Task VanishAsync()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Process.Address.Host, server.Process.Address.Port);
        var head = $"POST /emails HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Process.ApiKey}\r\nContent-Length: 50000000\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string(' ', 3_000_000)));
    }

    /// <summary>One after the other, so that they are not all in memory at once.</summary>
    static IEnumerable<string> HugeInside()
    {
        yield return Post.With("headers", $"{{{Huge}:\"x\"}}");
        yield return Post.With("headers", $"{{\"X-A\":{Huge}}}");
        yield return Post.With("headers", $"{{\"X-A\":{HugeWords}}}");
        yield return Post.With("tags", $"[{{\"name\":{Huge},\"value\":\"x\"}}]");
        yield return Post.With("tags", $"[{{\"name\":\"x\",\"value\":{Huge}}}]");
        foreach (var name in (string[])["filename", "content_type", "content_id"])
            yield return Post.WithAttachment($"{{\"content\":\"YQ==\",\"{name}\":{Huge}}}");
        yield return Post.WithAttachment($"{{\"path\":{Huge}}}");
    }
}
