using System.Net;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Connecting_to_a_host
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    const string OkAndStay = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task Uses_the_addresses_the_resolver_gave()
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        using var fetcher = Outbound.Fetcher(Outbound.Always("127.0.0.1"));

        Assert.Equal(2, (await fetcher.Fetched(peer.Url(host: "files.example"))).Length);
        Assert.Contains($"Host: files.example:{peer.Port}\r\n", Assert.Single(peer.Requests));
    }

    [Fact]
    public async Task Connects_to_a_mapped_answer_as_plain_IPv4()
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        using var fetcher = Outbound.Fetcher(Outbound.Always("::ffff:127.0.0.1"));

        await fetcher.Fetched(peer.Url(host: "files.example"));
    }

    [Fact]
    public async Task Tries_the_next_address_when_one_is_closed()
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        using var fetcher = Outbound.Fetcher(Outbound.Always("127.0.0.3", "127.0.0.1"), allow: "127.0.0.1,127.0.0.3");

        await fetcher.Fetched(peer.Url(host: "files.example"));
    }

    [Theory]
    [InlineData("127.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "::1")]
    [InlineData("127.0.0.1", "8.8.8.8", "64:ff9b::a00:1")]
    public async Task Refuses_a_host_if_any_of_its_addresses_is_forbidden(params string[] answer)
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        using var fetcher = Outbound.Fetcher(Outbound.Always(answer));

        Assert.StartsWith("Waybill does not connect to files.example: ", await fetcher.RefusalOf(peer.Url(host: "files.example")));
        Assert.Equal(0, peer.Connections);
    }

    [Fact]
    public async Task Names_the_host_and_the_reason_and_no_other_address()
    {
        using var fetcher = Outbound.Fetcher(Outbound.Always("8.8.8.8", "10.0.0.5", "192.168.7.7"));

        Assert.Equal(
            "Waybill does not connect to files.example: 10.0.0.5 is private (10.0.0.0/8).",
            await fetcher.RefusalOf(new Uri("http://files.example/hidden?hidden")));
    }

    [Fact]
    public async Task Asks_once_for_each_connection_so_that_a_second_answer_comes_too_late()
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        var names = new FlippingNames("127.0.0.1", "127.0.0.9");
        using var fetcher = Outbound.Fetcher(names.ResolveAsync);

        await fetcher.Fetched(peer.Url(host: "rebinding.example"));
        Assert.Equal(1, names.Asked);
    }

    [Fact]
    public async Task Judges_a_name_anew_for_its_next_connection()
    {
        await using var peer = LoopbackPeer.Answering(Ok);
        using var fetcher = Outbound.Fetcher(new FlippingNames("127.0.0.1", "127.0.0.9").ResolveAsync);

        await fetcher.Fetched(peer.Url(host: "rebinding.example"));
        Assert.Contains("127.0.0.9 is a loopback address", await fetcher.RefusalOf(peer.Url(host: "rebinding.example")));
        await fetcher.Fetched(peer.Url(host: "rebinding.example"));
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task Never_reaches_a_forbidden_listener_however_often_the_name_flips()
    {
        await using var open = LoopbackPeer.Answering(Ok);
        await using var secret = new LoopbackPeer((_, _) => Task.CompletedTask, "127.0.0.9", open.Port);
        var names = new FlippingNames("127.0.0.1", "127.0.0.9");
        using var fetcher = Outbound.Fetcher(names.ResolveAsync);

        for (var round = 0; round < 50; round++)
            await fetcher.FetchAsync(open.Url(host: "rebinding.example"), Outbound.Plenty, Outbound.Soon());

        Assert.Equal((25, 0, 50), (open.Connections, secret.Connections, names.Asked));
    }

    [Fact]
    public async Task Sends_the_next_request_over_the_vetted_connection_without_asking_again()
    {
        await using var peer = new LoopbackPeer(async (stream, stopping) =>
        {
            while ((await LoopbackPeer.ReadHeadAsync(stream, stopping)).Length > 0)
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(OkAndStay), stopping);
        });
        var names = new FlippingNames("127.0.0.1", "127.0.0.9");
        using var fetcher = Outbound.Fetcher(names.ResolveAsync);

        await fetcher.Fetched(peer.Url(host: "files.example"));
        await fetcher.Fetched(peer.Url(host: "files.example"));

        Assert.Equal((1, 1), (peer.Connections, names.Asked));
    }

    [Fact]
    public async Task Says_that_a_name_has_no_address()
    {
        using var unknown = Outbound.Fetcher();
        using var empty = Outbound.Fetcher(Outbound.Always());

        const string Sentence = "http://files.example/a has a host whose address could not be found.";
        Assert.Equal(Sentence, await unknown.RefusalOf(new Uri("http://files.example/a?hidden")));
        Assert.Equal(Sentence, await empty.RefusalOf(new Uri("http://files.example/a?hidden")));
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        var peer = LoopbackPeer.Answering(Ok);
        var url = peer.Url("/a?hidden");
        await peer.DisposeAsync();
        using var fetcher = Outbound.Fetcher();

        Assert.Equal($"http://127.0.0.1:{url.Port}/a accepts no connection.", await fetcher.RefusalOf(url));
    }

    [Fact]
    public async Task Judges_what_the_real_resolver_says_of_localhost()
    {
        using var fetcher = new AttachmentFetcher(Outbound.Guard(), TimeProvider.System);

        Assert.StartsWith("Waybill does not connect to localhost: ", await fetcher.RefusalOf(new Uri("http://localhost/")));
    }

    [Fact]
    public void Goes_straight_to_the_host_and_gives_up_after_ten_seconds()
    {
        using var handler = new GuardedConnection(Outbound.Guard(), Outbound.NoNames).Handler();

        Assert.False(handler.UseProxy);
        Assert.Equal(TimeSpan.FromSeconds(10), handler.ConnectTimeout);
    }

    /// <summary>Gives one address after the other, and then begins anew: what a rebinding attacker's name server does.</summary>
    sealed class FlippingNames(params string[] answers)
    {
        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(answers[Asked++ % answers.Length])]);
    }
}
