using System.IO.Compression;
using System.Text;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Fetching_from_a_hostile_server
{
    const int Megabyte = 1_000_000;
    readonly ManualClock clock = new(Outbound.Noon);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Does_not_follow_a_redirect_even_to_an_allowed_host(int status)
    {
        await using var inner = LoopbackPeer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
        await using var peer = LoopbackPeer.Answering(
            $"HTTP/1.1 {status} Moved\r\nLocation: {inner.Url("/x?hidden")}\r\nContent-Length: 0\r\n\r\n");
        using var fetcher = Outbound.Fetcher();

        Assert.Equal(
            $"{peer.Url("/a")} answered {status}, a redirect, and Waybill follows none: give the URL it leads to.",
            await fetcher.RefusalOf(peer.Url("/a?hidden")));
        Assert.Equal(0, inner.Connections);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Takes_nothing_but_a_200(int status)
    {
        await using var peer = LoopbackPeer.Answering(
            $"HTTP/1.1 {status} hidden\r\nContent-Length: 0\r\nWWW-Authenticate: Basic realm=hidden\r\n\r\n");
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url("/a")} answered {status} instead of 200.", await fetcher.RefusalOf(peer.Url("/a?hidden#hidden")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task Stops_an_endless_body_at_the_limit(string framing)
    {
        var sent = 0L;
        await using var peer = LoopbackPeer.Talking(async (stream, stopping) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{framing}\r\n"), stopping);
            var chunk = Encoding.ASCII.GetBytes($"{60_000:x}\r\n{new string('x', 60_000)}\r\n");
            for (; ; sent += chunk.Length) await stream.WriteAsync(chunk, stopping);
        });
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url()} is longer than {5 * Megabyte} bytes.", await fetcher.RefusalOf(peer.Url(), 5 * Megabyte));
        // What the kernel buffers between two sockets is on its way and counts as sent.
        Assert.InRange(sent, 4 * Megabyte, 25 * Megabyte);
    }

    [Fact]
    public async Task Does_not_wait_for_a_body_that_announces_itself_too_long()
    {
        await using var peer = LoopbackPeer.Talking(async (stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"u8.ToArray(), stopping);
            await Task.Delay(Timeout.Infinite, stopping);
        });
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url()} is longer than 1000 bytes.", await fetcher.RefusalOf(peer.Url(), 1000));
    }

    [Fact]
    public async Task Ends_a_drip_of_one_byte_a_second_after_thirty()
    {
        using var drops = new SemaphoreSlim(0);
        await using var peer = LoopbackPeer.Talking((stream, stopping) => DripAsync(stream, drops, "HTTP/1.1 200 OK\r\n\r\n", stopping));
        using var fetcher = Outbound.Fetcher(clock: clock);
        var fetch = fetcher.RefusalOf(peer.Url("/a?hidden"));
        await peer.FirstRequest;

        for (var second = 1; second <= 30; second++)
        {
            Assert.False(fetch.IsCompleted);
            drops.Release();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal($"{peer.Url("/a")} took longer than 30 s.", await fetch);
    }

    [Fact]
    public async Task Ends_a_drip_of_headers_after_thirty_seconds()
    {
        using var drops = new SemaphoreSlim(0);
        await using var peer = LoopbackPeer.Talking((stream, stopping) => DripAsync(stream, drops, "HTTP/1.1 200 OK\r\nX-L: ", stopping));
        using var fetcher = Outbound.Fetcher(clock: clock);
        var fetch = fetcher.RefusalOf(peer.Url());
        await peer.FirstRequest;

        drops.Release(20);
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.EndsWith("took longer than 30 s.", await fetch);
    }

    [Fact]
    public async Task Counts_the_time_a_resolver_takes()
    {
        var asked = new TaskCompletionSource();
        using var fetcher = Outbound.Fetcher(async (_, cancellationToken) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return [];
        }, clock);
        var fetch = fetcher.RefusalOf(new Uri("http://slow.example/"));
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("http://slow.example/ took longer than 30 s.", await fetch);
    }

    [Fact]
    public async Task Refuses_compressed_bytes_unread()
    {
        var bomb = Gzipped(new byte[10 * Megabyte]);
        var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n";
        await using var peer = LoopbackPeer.Talking(async (stream, stopping) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping);
            await stream.WriteAsync(bomb, stopping);
        });
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url()} is compressed although Waybill asked for plain bytes.", await fetcher.RefusalOf(peer.Url()));
    }

    [Theory]
    [InlineData("Content-Encoding: br")]
    [InlineData("Content-Encoding: GZIP")]
    [InlineData("Content-Encoding: identity, gzip")]
    [InlineData("Content-Encoding: identity\r\nContent-Encoding: deflate")]
    [InlineData("Content-Encoding: in valid")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: gzip")]
    public async Task Refuses_every_encoding_but_identity(string header)
    {
        await using var peer = LoopbackPeer.Answering($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n");
        using var fetcher = Outbound.Fetcher();

        Assert.EndsWith("is compressed although Waybill asked for plain bytes.", await fetcher.RefusalOf(peer.Url()));
    }

    [Fact]
    public async Task Accepts_an_encoding_called_identity_and_leaves_a_gzip_file_as_it_is()
    {
        await using var peer = LoopbackPeer.Answering(
            "HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08");
        using var fetcher = Outbound.Fetcher();

        Assert.Equal([0x1f, 0x8b, 0x08], Assert.Single((await fetcher.Fetched(peer.Url("/a.gz"))).Parts).ToArray());
    }

    [Fact]
    public async Task Refuses_a_million_headers_after_32_KiB_of_them()
    {
        var sent = 0;
        await using var peer = LoopbackPeer.Talking(async (stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stopping);
            for (; sent < Megabyte; sent++)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-{sent}: {new string('y', 20)}\r\n"), stopping);
        });
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url()} answers with more than 32 KiB of headers.", await fetcher.RefusalOf(peer.Url()));
        Assert.InRange(sent, 1, Megabyte - 1);
    }

    [Fact]
    public async Task Refuses_one_header_that_never_ends()
    {
        await using var peer = LoopbackPeer.Answering($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 40_000)}");
        using var fetcher = Outbound.Fetcher();

        Assert.EndsWith("answers with more than 32 KiB of headers.", await fetcher.RefusalOf(peer.Url()));
    }

    [Fact]
    public async Task Counts_the_headers_of_interim_answers_too()
    {
        await using var peer = LoopbackPeer.Talking(async (stream, stopping) =>
        {
            while (true) await stream.WriteAsync("HTTP/1.1 103 Early Hints\r\n\r\n"u8.ToArray(), stopping);
        });
        using var fetcher = Outbound.Fetcher();

        Assert.EndsWith("answers with more than 32 KiB of headers.", await fetcher.RefusalOf(peer.Url()));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "broke off while it was read.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf", "broke off while it was read.")]
    [InlineData("", "broke off while it was read.")]
    [InlineData("HTTP/1.1 200 OK\r\nX: y\r\n", "broke off while it was read.")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "does not answer in proper HTTP.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhidden\r\n", "does not answer in proper HTTP.")]
    [InlineData("HTTP/1.1 abc hidden\r\n\r\n", "does not answer in proper HTTP.")]
    public async Task Keeps_nothing_of_an_answer_that_is_broken(string answer, string complaint)
    {
        await using var peer = LoopbackPeer.Answering(answer);
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url("/a")} {complaint}", await fetcher.RefusalOf(peer.Url("/a?hidden")));
    }

    static async Task DripAsync(Stream stream, SemaphoreSlim drops, string head, CancellationToken stopping)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stopping);
        while (true)
        {
            await drops.WaitAsync(stopping);
            await stream.WriteAsync("x"u8.ToArray(), stopping);
        }
    }

    static byte[] Gzipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
