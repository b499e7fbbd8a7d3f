using System.Text;
using System.Text.Json;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Headers;
using Waybill.Smtp;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Transports;

public sealed class Handing_over_to_Resend
{
    const string Key = "re_k3y-that-nobody-sees";
    const string Taken = """{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}""";
    const string Busy = """{"statusCode":429,"name":"rate_limit_exceeded","message":"Too many requests."}""";

    readonly ManualClock clock = Noon.Clock();

    [Fact]
    public async Task Sends_what_the_journal_has()
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));

        var report = await HandOverAsync(peer, Parcel(Message(File("ünïcode.txt", 5), File("large.bin", 100_001))));

        Assert.Equal("200 id 49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", Assert.IsType<AttemptOutcome.Accepted>(report.Outcomes[0]).Reply);
        var request = Assert.Single(peer.Heard);
        Assert.StartsWith("POST /emails HTTP/1.1\r\n", request.Head, StringComparison.Ordinal);
        Assert.Equal("Bearer " + Key, request.Header("Authorization"));
        using var json = JsonDocument.Parse(request.Body);
        Assert.Equal(
            """{"from":"Corner Shop <shop@example.com>","to":["Ada <ada@example.org>","bob@example.org"],"cc":["eve@example.org"],"bcc":["hidden@example.org"],"reply_to":["help@example.com"],"subject":"Ihr Auftrag \"42\" ✓","text":"Thank\nyou.","html":"<p>Thank you.</p>","headers":{"X-Order":"42"}}""",
            JsonSerializer.Serialize(
                json.RootElement.EnumerateObject().Where(field => field.Name != "attachments")
                    .ToDictionary(field => field.Name, field => field.Value), Readable));
        var files = json.RootElement.GetProperty("attachments").EnumerateArray().ToList();
        Assert.Equal(["ünïcode.txt", "large.bin"], files.Select(file => file.GetProperty("filename").GetString()));
        Assert.Equal("logo@shop", files[0].GetProperty("content_id").GetString());
        Assert.Equal("application/x-test", files[1].GetProperty("content_type").GetString());
        Assert.Equal(Octets(5), files[0].GetProperty("content").GetBytesFromBase64());
        Assert.Equal(Octets(100_001), files[1].GetProperty("content").GetBytesFromBase64());
    }

    [Theory]
    [InlineData("bob@example.org hidden@example.org", "bob@example.org//hidden@example.org")]
    [InlineData("eve@example.org hidden@example.org", "eve@example.org//hidden@example.org")]
    [InlineData("hidden@example.org", "hidden@example.org//")]
    [InlineData("hidden@example.org secret@example.org", "hidden@example.org//; secret@example.org//")]
    public async Task Names_only_those_who_still_wait_and_no_hidden_one_to_another(string waiting, string expected)
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));
        var recipients = waiting.Split(' ').Select((address, i) => (i + 5, Address.Parse(address))).ToList();

        var report = await HandOverAsync(peer, Parcel(Message()) with { Recipients = recipients });

        Assert.Equal(expected, string.Join("; ", peer.Heard.Select(request => InWords(request.Body))));
        Assert.Equal(recipients.Select(recipient => recipient.Item1), report.Outcomes.Keys.Order());
    }

    [Fact]
    public async Task Has_one_key_for_the_same_message_to_the_same_people_and_another_for_fewer()
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));
        await HandOverAsync(peer, Parcel(Message()));
        await HandOverAsync(peer, Parcel(Message()));
        await HandOverAsync(peer, Parcel(Message()) with { Recipients = [(1, Address.Parse("bob@example.org"))] });

        var keys = peer.Heard.Select(request => request.Header("Idempotency-Key")).ToArray();

        Assert.Equal(peer.Heard[0].Body, peer.Heard[1].Body);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
        Assert.All(keys, key => Assert.StartsWith("0192aa-", key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, Taken, "Accepted 200 id 49a3999c-0ce1-4ea6-ab68-afcd6dc2e794")]
    [InlineData(200, "<html>hello</html>", "Unknown")]
    [InlineData(200, "[]", "Unknown")]
    [InlineData(302, "", "Deferred 302")]
    [InlineData(400, """{"name":"validation_error","message":"no"}""", "Refused 400 validation_error: no")]
    [InlineData(401, """{"name":"restricted_api_key","message":"no"}""", "Refused 401 restricted_api_key: no (check Email:Resend:ApiKey)")]
    [InlineData(403, """{"name":"invalid_api_key","message":"re_k3y-that-nobody-sees"}""",
        "Refused 403 invalid_api_key: [secret] (check Email:Resend:ApiKey)")]
    [InlineData(404, "nothing here", "Refused 404 (is http://127.0.0.1")]
    [InlineData(408, "", "Deferred 408")]
    [InlineData(409, """{"name":"concurrent_idempotent_requests","message":"wait"}""", "Deferred 409 concurrent_idempotent_requests: wait")]
    [InlineData(409, """{"name":"invalid_idempotent_request","message":"other"}""", "Unknown 409 invalid_idempotent_request: other")]
    [InlineData(413, "", "Refused 413")]
    [InlineData(422, """{"name":"validation_error","message":"a\r\nb\u001b[31m"}""", "Refused 422 validation_error: a  b [31m")]
    [InlineData(429, Busy, "Deferred 429 rate_limit_exceeded: Too many requests.")]
    [InlineData(500, "oops", "Deferred 500")]
    [InlineData(503, "", "Deferred 503")]
    [InlineData(599, "{\"name\":42", "Deferred 599")]
    public async Task Tells_an_answer_for_what_it_is(int status, string body, string expected)
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(status, body));

        var report = await HandOverAsync(peer, Parcel(Message()));

        var outcome = report.Outcomes[0];
        Assert.Equal(4, report.Outcomes.Count);
        Assert.StartsWith(expected, $"{outcome.GetType().Name} {outcome.Reply}", StringComparison.Ordinal);
        Assert.Equal(status == 200 && outcome is AttemptOutcome.Unknown, outcome is AttemptOutcome.Unknown { IsSafeToRepeat: true });
        Assert.DoesNotContain(Key, report.Dialogue + outcome.Reply, StringComparison.Ordinal);
        Assert.DoesNotContain("Thank", report.Dialogue, StringComparison.Ordinal);
        Assert.Contains($"S: {status} ", report.Dialogue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_it_was_not_reached_when_no_connection_came_about_and_not_when_one_was_cut()
    {
        // bound and not listening once it is stopped
        using var nobody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var transport = Transport(new Uri($"http://127.0.0.1:{port}"));
        var refused = await transport.HandOverAsync(Parcel(Message()), default);
        await using var peer = new HttpPeer(HttpPeer.Cut);

        Assert.Equal(Assert.IsType<AttemptOutcome.Deferred>(refused.Outcomes[0]).Reply, refused.Unreached);
        Assert.Null((await HandOverAsync(peer, Parcel(Message()))).Unreached);
    }

    [Theory]
    [InlineData(429, "Retry-After: 7", 7)]
    [InlineData(503, "Retry-After: Thu, 12 Nov 2026 12:00:30 GMT", 30)]
    [InlineData(500, "Retry-After: 99999999", 24 * 60 * 60)]
    [InlineData(429, "Retry-After: -5", null)]
    [InlineData(429, "Retry-After: soon", null)]
    [InlineData(429, "Retry-After: Thu, 12 Nov 2026 11:00:00 GMT", null)]
    [InlineData(429, "X-Nothing: 1", null)]
    public async Task Hands_on_how_long_it_is_asked_to_wait(int status, string header, int? seconds)
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(status, Busy, header));

        var report = await HandOverAsync(peer, Parcel(Message()));

        Assert.Equal(seconds, Assert.IsType<AttemptOutcome.Deferred>(report.Outcomes[0]).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Waits_for_an_answer_15_seconds_and_says_that_the_message_may_have_been_taken()
    {
        await using var peer = new HttpPeer(HttpPeer.Hang);
        var handingOver = HandOverAsync(peer, Parcel(Message()));
        await Eventually.IsTrueAsync("the message to be there", () => Task.FromResult(peer.Heard.Count == 1));

        await Eventually.IsTrueAsync("the time to be over", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            return Task.FromResult(handingOver.IsCompleted);
        });

        var outcome = Assert.IsType<AttemptOutcome.Unknown>((await handingOver).Outcomes[0]);
        Assert.True(outcome.IsSafeToRepeat);
        Assert.Contains("took longer than 15 seconds", outcome.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_of_a_connection_that_is_cut_or_answers_nonsense_that_the_message_may_have_been_taken()
    {
        await using var peer = new HttpPeer(HttpPeer.Cut, HttpPeer.Garbage);
        for (var i = 0; i < 2; i++)
            Assert.True(Assert.IsType<AttemptOutcome.Unknown>((await HandOverAsync(peer, Parcel(Message()))).Outcomes[0]).IsSafeToRepeat);
    }

    [Fact]
    public async Task Defers_what_could_not_be_sent_at_all()
    {
        Uri nobody;
        await using (var peer = new HttpPeer(HttpPeer.Cut)) nobody = peer.Url;
        await using var transport = Transport(nobody);

        var report = await transport.HandOverAsync(Parcel(Message()), CancellationToken.None);

        Assert.Contains(
            "could not be spoken to", Assert.IsType<AttemptOutcome.Deferred>(report.Outcomes[0]).Reply, StringComparison.Ordinal);
        Assert.Contains("* ", report.Dialogue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Can_be_stopped_until_the_last_octet_and_then_nobody_has_the_message()
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HandOverAsync(
            peer, Parcel(Message(File("large.bin", 100_000))) with { LastLook = stop.Cancel }, stop.Token));

        Assert.Empty(peer.Heard);
    }

    [Fact]
    public async Task Waits_for_the_answer_although_it_is_stopped_once_the_message_is_out()
    {
        var answer = new TaskCompletionSource();
        await using var peer = new HttpPeer(async (stream, stopping) =>
        {
            await answer.Task;
            await HttpPeer.Answer(200, Taken)(stream, stopping);
        });
        using var stop = new CancellationTokenSource();
        var handingOver = HandOverAsync(peer, Parcel(Message()), stop.Token);
        await Eventually.IsTrueAsync("the message to be there", () => Task.FromResult(peer.Heard.Count == 1));

        await stop.CancelAsync();
        answer.SetResult();

        Assert.IsType<AttemptOutcome.Accepted>((await handingOver).Outcomes[0]);
    }

    [Theory]
    [InlineData(200, $$"""{"id":"{{Key}}"}""")]
    [InlineData(422, $$"""{"name":"{{Key}}","message":"re_k3y-that- nobody-sees"}""")]
    [InlineData(500, $"{Key}\n{Key}")]
    public async Task Leaves_no_key_behind_wherever_the_server_repeats_it(int status, string body)
    {
        await using var peer = new HttpPeer((stream, stopping) => stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status} {Key}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), stopping).AsTask());

        var report = await HandOverAsync(peer, Parcel(Message()));

        Assert.DoesNotContain("sees", $"{report.Dialogue}{string.Join('|', report.Outcomes.Values)}", StringComparison.Ordinal);
        Assert.Contains("[secret]", report.Dialogue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_nothing_of_a_message_that_is_no_longer_ours()
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            HandOverAsync(peer, Parcel(Message()) with { LastLook = () => throw new OperationCanceledException("lost") }));

        Assert.Empty(peer.Heard);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(99_998)]
    public async Task Gives_up_on_a_file_that_is_not_as_long_as_announced(int announced)
    {
        await using var peer = new HttpPeer(HttpPeer.Answer(200, Taken));
        var message =
            Message(
                new MimeAttachment
                {
                    FileName = "a",
                    ContentType = "text/plain",
                    Length = announced,
                    Content = _ => Pieces(Octets(99_999))
                });

        await Assert.ThrowsAsync<InvalidDataException>(() => HandOverAsync(peer, Parcel(message)));
    }

    static JsonSerializerOptions Readable { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    async Task<HandOverReport> HandOverAsync(HttpPeer peer, Parcel parcel, CancellationToken cancellationToken = default)
    {
        await using var transport = Transport(peer.Url);
        return await transport.HandOverAsync(parcel, cancellationToken);
    }

    ResendTransport Transport(Uri url) => new(new ResendAccount(url, Key, "Email:Resend:ApiKey"), sessions: 2, clock);

    static string InWords(string body)
    {
        using var json = JsonDocument.Parse(body);
        string Of(string field) =>
            json.RootElement.TryGetProperty(field, out var list)
                ? string.Join(",", list.EnumerateArray().Select(one => one.GetString()))
                : "";
        return $"{Of("to")}/{Of("cc")}/{Of("bcc")}";
    }

    static Parcel Parcel(MimeMessage message) => new(
        message.From.Address,
        [.. new[] { "ada@example.org", "bob@example.org", "eve@example.org", "hidden@example.org" }.Select(
            (address, i) => (i, Address.Parse(address)))],
        MessageContent.FromMemory(default))
    {
        Message = message,
    };

    static MimeMessage Message(params MimeAttachment[] files) => new()
    {
        From = Mailbox.Parse("Corner Shop <shop@example.com>"),
        To = [Mailbox.Parse("Ada <ada@example.org>"), Mailbox.Parse("bob@example.org")],
        Cc = [Mailbox.Parse("eve@example.org")],
        ReplyTo = [Mailbox.Parse("help@example.com")],
        Subject = "Ihr Auftrag \"42\" ✓",
        Text = "Thank\nyou.",
        Html = "<p>Thank you.</p>",
        Headers = [MimeHeader.TryCreate("X-Order", "42", out var header, out _) ? header : throw new InvalidOperationException()],
        Attachments = files,
        MessageId = "<0192aa@example.com>",
        Date = Noon.Instant,
        BoundarySeed = "seed",
    };

    static MimeAttachment File(string name, int size) => new()
    {
        FileName = name,
        ContentType = "application/x-test",
        ContentId = size < 10 ? "logo@shop" : null,
        Length = size,
        Content = _ => Pieces(Octets(size)),
    };

    static IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] octets) =>
        octets.Chunk(7_001).Select(piece => new ReadOnlyMemory<byte>(piece)).ToAsyncEnumerable();

    static byte[] Octets(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31 % 251))];
}
