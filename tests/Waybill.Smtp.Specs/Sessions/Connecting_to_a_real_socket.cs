using System.Net;
using System.Net.Sockets;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

public class Connecting_to_a_real_socket
{
    const string Message = """
        C: MAIL*
        C: RCPT*
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: [content]
        S: 250 queued

        """;

    static readonly Envelope ToAda = new(Play.Post, [Play.Ada]);
    static readonly MessageContent Hello = MessageContent.FromMemory("Subject: hi\r\n\r\n"u8.ToArray());

    static SessionPool Pool(int port, string host = "127.0.0.1") => new(
        new RelayEndpoint { Host = host, Port = port, HeloName = "post.example", Security = RelaySecurity.None },
        new SessionPoolLimits(),
        TimeProvider.System);

    [Theory]
    [InlineData("X: drop\nX: pause")]
    [InlineData("X: reset\nX: pause")]
    [InlineData("S: 421 4.4.2 idle too long\nX: pause\nC: [rest]")]
    public async Task Sees_that_a_resting_session_has_ended_and_says_nothing_more_in_it(string end)
    {
        await using var relay = ScriptedRelay.Start($"{Play.Pipelining}{Message}{end}", Play.Pipelining + Message + "C: QUIT\nS: 221 bye");
        await using (var pool = Pool(relay.Port))
        {
            await pool.HandOverAsync(ToAda, Hello, default);
            await relay.Peers[0].Paused;
            relay.Peers[0].Resume();
            var second = await pool.HandOverAsync(ToAda, Hello, default);

            Assert.Equal("accepted: 250 queued", Play.Told(second));
            Assert.StartsWith("* connecting to ", second.Dialogue, StringComparison.Ordinal);
        }

        await relay.Played;
    }

    [Fact]
    public async Task Tells_a_port_where_nobody_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var pool = Pool(port);

        var handOver = await pool.HandOverAsync(ToAda, Hello, default);

        Assert.Equal(DialogueStage.Connect, handOver.RouteFault?.Stage);
        Assert.Equal($"Could not connect to 127.0.0.1:{port}: 127.0.0.1:{port}: Connection refused.", handOver.RouteFault?.Sentence);
    }

    [Fact]
    public async Task Tells_a_name_that_nobody_has()
    {
        await using var pool = Pool(25, host: "relay.invalid");

        var handOver = await pool.HandOverAsync(ToAda, Hello, default);

        Assert.Equal(DialogueStage.NameLookup, handOver.RouteFault?.Stage);
        Assert.StartsWith("The name relay.invalid could not be looked up: ", handOver.RouteFault!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_that_the_relay_hung_up_at_once()
    {
        await using var relay = ScriptedRelay.Start("X: reset");
        await using var pool = Pool(relay.Port);

        var handOver = await pool.HandOverAsync(ToAda, Hello, default);

        // The reset may overtake the end of the connecting itself.
        Assert.True(handOver.RouteFault is { Stage: DialogueStage.Connect or DialogueStage.Greeting }, $"{handOver.RouteFault}");
    }
}
