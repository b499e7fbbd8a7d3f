using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Smtp.Wires;
using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs;

/// <summary>A pool whose connections lead to scripts, one after the other, on a clock that stands still.</summary>
sealed class Play : IAsyncDisposable
{
    /// <summary>What a relay without any offer says first.</summary>
    public const string Plain = """
        S: 220 mx ready
        C: EHLO post.example
        S: 250 mx

        """;

    /// <summary>What a relay with PIPELINING says first.</summary>
    public const string Pipelining = """
        S: 220 mx ready
        C: EHLO post.example
        S: 250-mx
        S: 250-PIPELINING
        S: 250 ENHANCEDSTATUSCODES

        """;

    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    readonly Delivery delivery;
    readonly Lazy<SessionPool> pool;
    readonly List<Task> plays = [];
    int dialled;

    public Play(Delivery delivery, params string[] scripts)
    {
        this.delivery = delivery;
        Peers = [.. scripts.Select(script => new ScriptedPeer(script, Certificates.Good))];
        pool = new Lazy<SessionPool>(() => new SessionPool(Endpoint, Limits, Clock, DialAsync));
    }

    public ManualClock Clock { get; } = new(Noon);

    public IReadOnlyList<ScriptedPeer> Peers { get; init; }

    public ScriptedPeer Peer => Peers[0];

    public List<DuplexStream> Streams { get; } = [];

    public bool IsLoopback { get; init; } = true;

    public RelayEndpoint Endpoint { get; init; } = new() { Host = "mx.example", HeloName = "post.example", Security = RelaySecurity.None };

    public SessionPoolLimits Limits { get; init; } = new();

    public static Address Ada { get; } = Address.Parse("ada@example.org");

    public static Address Bob { get; } = Address.Parse("bob@example.org");

    public static Address Post { get; } = Address.Parse("post@waybill.example");

    /// <summary>Hands over a small message to Ada, or to those named.</summary>
    public Task<HandOver> HandOverAsync(params Address[] recipients) => HandOverAsync("Subject: hi\r\n\r\nhello\r\n", default, recipients);

    public Task<HandOver> HandOverAsync(string content, CancellationToken cancellationToken, params Address[] recipients) =>
        HandOverAsync(new Envelope(Post, recipients is [] ? [Ada] : recipients), content, cancellationToken);

    public Task<HandOver> HandOverAsync(Envelope envelope, string content, CancellationToken cancellationToken) =>
        HandOverAsync(envelope, MessageContent.FromMemory(Encoding.Latin1.GetBytes(content)), cancellationToken);

    public Task<HandOver> HandOverAsync(Envelope envelope, MessageContent content, CancellationToken cancellationToken) =>
        pool.Value.HandOverAsync(envelope, content, cancellationToken);

    /// <summary>Hands over this content to Ada.</summary>
    public Task<HandOver> HandOverAsync(MessageContent content) =>
        HandOverAsync(new Envelope(Post, [Ada]), content, CancellationToken.None);

    /// <summary>Done when the first script has heard these words.</summary>
    public Task Hearing(string words) =>
        Eventually.IsTrueAsync($"'{words}' to be heard", () => Task.FromResult(Peer.Heard.Contains(words, StringComparison.Ordinal)));

    /// <summary>Done when a script has come to its end and the connection with it.</summary>
    public Task Hung(int connection) => plays[connection];

    /// <summary>One message, one script: what each recipient was told, and the peer heard nothing but its script.</summary>
    public static async Task<string> OutcomeAsync(Delivery delivery, string script, params Address[] recipients)
    {
        await using var play = new Play(delivery, script);
        return Told(await play.HandOverAsync(recipients));
    }

    /// <summary>The outcomes on one line, as specs compare them.</summary>
    public static string Told(HandOver handOver) => string.Join(" | ", handOver.Outcomes.Select(outcome =>
        $"{outcome.GetType().Name.ToLowerInvariant()}: {outcome.Reason}"));

    public async ValueTask DisposeAsync()
    {
        await pool.Value.DisposeAsync();
        await Task.WhenAll(plays);
        Assert.Equal(Peers.Count, dialled);
    }

    async ValueTask<Dialled> DialAsync(RelayEndpoint endpoint, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.Pair(delivery);
        Streams.Add(near);
        Assert.True(dialled < Peers.Count, "One connection more than there are scripts.");
        plays.Add(Peers[dialled++].PlayAsync(far, CancellationToken.None));
        await Task.Yield();
        return new Dialled.Connected(new Connection(near, null, IsLoopback));
    }
}
