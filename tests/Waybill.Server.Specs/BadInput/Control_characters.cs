using System.Net.Sockets;
using System.Text;

namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class Control_characters(UntouchedServer server)
{
    const string Injected = "X-Evil: yes";

    public static TheoryData<string, string> Table
    {
        get
        {
            var table = new TheoryData<string, string>();
            foreach (var evil in (string[])["\r\n", "\r", "\n", "\0"])
            {
                var text = Post.Text("a" + evil + Injected);
                table.Add("subject", Post.With("subject", text));
                table.Add("from", Post.With("from", Post.Text($"Ada{evil}{Injected} <ada@example.org>")));
                table.Add("to", Post.With("to", Post.Text($"Ada{evil}{Injected} <ada@example.org>")));
                table.Add("headers", Post.With("headers", $"{{{text}:\"x\"}}"));
                table.Add("headers", Post.With("headers", $"{{\"X-A\":{text}}}"));
                table.Add("filename", Post.WithAttachment($"{{\"content\":\"YQ==\",\"filename\":{text}}}"));
                table.Add("content_type", Post.WithAttachment($"{{\"content\":\"YQ==\",\"content_type\":{text}}}"));
                table.Add("content_id", Post.WithAttachment($"{{\"content\":\"YQ==\",\"content_id\":{text}}}"));
                table.Add("path", Post.WithAttachment($"{{\"path\":{Post.Text("https://example.org/a" + evil + Injected)}}}"));
                table.Add("tags", Post.With("tags", $"[{{\"name\":{text},\"value\":\"x\"}}]"));
                table.Add("tags", Post.With("tags", $"[{{\"name\":\"x\",\"value\":{text}}}]"));
                table.Add("scheduled_at", Post.With("scheduled_at", text));
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Are_refused_in_whatever_becomes_part_of_a_header(string field, string email)
    {
        var refused = await server.PostAsync(email);

        Assert.Equal(422, refused.Status);
        Assert.Contains($"`{field}`", refused.Message, StringComparison.Ordinal);
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData("Bcc")]
    [InlineData("bcc")]
    [InlineData("From")]
    [InlineData("To")]
    [InlineData("Sender")]
    [InlineData("Subject")]
    [InlineData("Date")]
    [InlineData("Message-ID")]
    [InlineData("MIME-Version")]
    [InlineData("Content-Type")]
    [InlineData("CONTENT-TRANSFER-ENCODING")]
    [InlineData("Return-Path")]
    [InlineData("Received")]
    [InlineData("DKIM-Signature")]
    [InlineData("Resent-To")]
    public async Task And_headers_that_Waybill_writes_itself_are_refused(string name) =>
        (await server.PostAsync(Post.With("headers", $"{{\"{name}\":\"x\"}}"))).ShouldBe(422, "validation_error", name);

    [Theory]
    [InlineData("")]
    [InlineData("X A")]
    [InlineData("X:A")]
    [InlineData("X-Ä")]
    public async Task And_names_that_no_header_can_have_are_refused(string name) =>
        (await server.PostAsync(Post.With("headers", $"{{{Post.Text(name)}:\"x\"}}"))).ShouldBe(422, "validation_error", "`headers`");

    [Theory]
    [InlineData("a\0b", 400)]
    [InlineData("a\nb", 400)]
    [InlineData("a\rb", 400)]
    public async Task Never_come_in_by_an_idempotency_key(string key, int status)
    {
        var body = Post.With("subject", "\"" + new string('x', 3_000) + "\"");
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Process.Address.Host, server.Process.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /emails HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {server.Process.ApiKey}\r\nIdempotency-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var reader = new StreamReader(socket.GetStream());

        Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await server.ShouldBeEmptyAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task And_idempotency_keys_of_no_good_length_are_refused(int length)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, "/emails")
        { Content = new StringContent(Post.Good().ToJsonString(), Encoding.UTF8, "application/json") };
        Assert.True(request.Headers.TryAddWithoutValidation("Idempotency-Key", new string('x', length)));

        (await server.SendAsync(request)).ShouldBe(400, "invalid_idempotency_key", "1-256");
        await server.ShouldBeEmptyAsync();
    }
}
