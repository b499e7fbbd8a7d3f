using System.Diagnostics;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Fetching_an_attachment
{
    [Fact]
    public async Task Brings_bytes_type_and_name()
    {
        await using var peer = LoopbackPeer.Answering("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\n%PDF");
        using var fetcher = Outbound.Fetcher();

        var fetched = await fetcher.Fetched(peer.Url("/receipts/2026-17.pdf?signature=hidden"));

        Assert.Equal("%PDF"u8.ToArray(), Assert.Single(fetched.Parts).ToArray());
        Assert.Equal(("application/pdf", "2026-17.pdf"), (fetched.ContentType, fetched.FileName));
    }

    [Fact]
    public async Task Asks_plainly_and_tells_nothing_but_its_name()
    {
        using var listening = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listening);
        using var activity = new Activity("accepting").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("tenant", "hidden").Start();
        await using var peer = LoopbackPeer.Answering(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var fetcher = Outbound.Fetcher();

        await fetcher.Fetched(peer.Url("/a?b=c"));
        await fetcher.Fetched(peer.Url("/a?b=c"));

        var version = typeof(AttachmentFetcher).Assembly.GetName().Version!.ToString(3);
        var asked =
            $"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:{peer.Port}\r\nUser-Agent: Waybill/{version}\r\nAccept-Encoding: identity\r\n\r\n";
        Assert.Equal([asked, asked], peer.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(LimitedBody.PartSize - 1)]
    [InlineData(LimitedBody.PartSize)]
    [InlineData(LimitedBody.PartSize + 1)]
    [InlineData(3 * LimitedBody.PartSize)]
    public async Task Cuts_the_bytes_into_parts_of_a_mebibyte(int size)
    {
        var sent = new byte[size];
        new Random(size).NextBytes(sent);
        await using var peer = Serving(sent);
        using var fetcher = Outbound.Fetcher();

        var fetched = await fetcher.Fetched(peer.Url(), limit: size);

        Assert.Equal(sent, fetched.Parts.SelectMany(part => part.ToArray()));
        Assert.Equal(size, fetched.Length);
        Assert.All(fetched.Parts.SkipLast(1), part => Assert.Equal(LimitedBody.PartSize, part.Length));
        Assert.All(fetched.Parts, part => Assert.InRange(part.Length, 1, LimitedBody.PartSize));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(LimitedBody.PartSize - 1)]
    [InlineData(LimitedBody.PartSize)]
    public async Task Refuses_one_byte_more_than_the_limit(int limit)
    {
        await using var peer = Serving(new byte[limit + 1]);
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"{peer.Url()} is longer than {limit} bytes.", await fetcher.RefusalOf(peer.Url(), limit));
    }

    [Theory]
    [InlineData("", "application/octet-stream")]
    [InlineData("Content-Type: text/csv\r\n", "text/csv")]
    [InlineData("Content-Type: text/plain; charset=UTF-8; name=\"x\"\r\n", "text/plain; charset=UTF-8")]
    [InlineData("Content-Type: text/plain; charset=\"a; b\"\r\n", "text/plain")]
    [InlineData("Content-Type: text/html, text/plain\r\n", "application/octet-stream")]
    [InlineData("Content-Type: nonsense\r\n", "application/octet-stream")]
    public async Task Takes_type_and_charset_from_the_server_if_they_are_plain(string header, string contentType)
    {
        await using var peer = LoopbackPeer.Answering($"HTTP/1.1 200 OK\r\n{header}Content-Length: 0\r\n\r\n");
        using var fetcher = Outbound.Fetcher();

        Assert.Equal(contentType, (await fetcher.Fetched(peer.Url())).ContentType);
    }

    [Theory]
    [InlineData("/a/b.pdf", "b.pdf")]
    [InlineData("/", "attachment")]
    [InlineData("/a/", "attachment")]
    [InlineData("/Rechnung%20M%C3%A4rz.pdf", "Rechnung März.pdf")]
    [InlineData("/Rechnung März.pdf", "Rechnung März.pdf")]
    [InlineData("/..%2F..%2Fetc%2Fpasswd", "passwd")]
    [InlineData("/..%5C..%5Cboot.ini", "boot.ini")]
    [InlineData("/%2E%2E", "attachment")]
    [InlineData("/a%0D%0AX-Header:%20b.txt", "aX-Header: b.txt")]
    [InlineData("/a%00b.txt", "ab.txt")]
    [InlineData("/invoice%E2%80%AEfdp.exe", "invoicefdp.exe")]
    [InlineData("/.hidden.", "hidden")]
    [InlineData("/%FF.bin", "%FF.bin")]
    public void Is_named_after_the_end_of_its_path(string path, string name) =>
        Assert.Equal(name, UrlFileName.Of(new Uri($"http://files.example{path}")));

    [Fact]
    public void Has_a_name_of_bounded_length() =>
        Assert.Equal(200, UrlFileName.Of(new Uri($"http://files.example/{new string('a', 999)}")).Length);

    [Fact]
    public async Task Tells_of_each_piece_before_it_is_kept_and_ends_when_there_is_no_room()
    {
        var kept = new List<int>();
        await using var peer = Serving(new byte[5 * LimitedBody.PartSize]);
        using var fetcher = Outbound.Fetcher();

        await Assert.ThrowsAsync<InvalidOperationException>(() => fetcher.FetchAsync(peer.Url(), Outbound.Plenty, Keep, Outbound.Soon()));

        Assert.Equal([LimitedBody.PartSize, LimitedBody.PartSize, LimitedBody.PartSize], kept);

        ValueTask Keep(int octets)
        {
            kept.Add(octets);
            return kept.Count < 3 ? ValueTask.CompletedTask : throw new InvalidOperationException("no room");
        }
    }

    [Fact]
    public async Task Stops_when_the_caller_does()
    {
        using var stopping = new CancellationTokenSource();
        await using var peer = LoopbackPeer.Talking((_, _) => stopping.CancelAsync());
        using var fetcher = Outbound.Fetcher();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(peer.Url(), Outbound.Plenty, stopping.Token));
    }

    static LoopbackPeer Serving(byte[] bytes) => LoopbackPeer.Talking(async (stream, stopping) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), stopping);
        await stream.WriteAsync(bytes, stopping);
    });
}
