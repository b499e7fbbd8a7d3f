using System.Net;
using System.Net.Sockets;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

/// <summary>Words the fetching specs share.</summary>
static class Outbound
{
    public const long Plenty = 40_000_000;
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static AddressGuard Guard(params string[] allow)
    {
        Assert.True(AllowedNets.TryParse(allow, out var nets, out var problem), problem);
        return new AddressGuard(nets);
    }

    public static AttachmentFetcher Fetcher(HostResolver? resolve = null, TimeProvider? clock = null, string allow = "127.0.0.1") =>
        new(new GuardedConnection(Guard(allow), resolve ?? NoNames), clock ?? TimeProvider.System);

    public static async Task<string> RefusalOf(this AttachmentFetcher fetcher, Uri url, long limit = Plenty) =>
        Assert.IsType<FetchOutcome.NotFetched>(await fetcher.FetchAsync(url, limit, Soon())).Sentence;

    public static async Task<FetchOutcome.Fetched> Fetched(this AttachmentFetcher fetcher, Uri url, long limit = Plenty)
    {
        var outcome = await fetcher.FetchAsync(url, limit, Soon());
        return outcome as FetchOutcome.Fetched ?? throw new Xunit.Sdk.XunitException($"{outcome}");
    }

    public static HostResolver Always(params string[] addresses) => (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));

    public static Task<IPAddress[]> NoNames(string host, CancellationToken cancellationToken) =>
        throw new SocketException((int)SocketError.HostNotFound);

    /// <summary>A spec that hangs ends here, as a failure.</summary>
    public static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(25)).Token;
}
