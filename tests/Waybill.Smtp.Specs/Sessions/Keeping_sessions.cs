using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

public class Keeping_sessions
{
    const string Mail = "C: MAIL FROM:<post@waybill.example>\nC: RCPT TO:<ada@example.org>\nC: DATA\n";
    const string Message = Mail + "S: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nS: 250 queued\n";
    const string Bye = "C: QUIT\nS: 221 bye";

    [Theory, EachDelivery]
    public async Task Sends_the_next_message_in_the_same_session_without_rset(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Pipelining + Message + Message + Message + Bye);

        for (var message = 0; message < 3; message++) Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
    }

    [Theory, EachDelivery]
    public async Task Says_rset_only_where_a_transaction_was_left_open(Delivery delivery)
    {
        await using var play = new Play(
            delivery, Play.Pipelining + Mail + "S: 250 ok\nS: 550 5.1.1 nobody\nS: 554 no recipients\nC: RSET\n" + Mail
                + "S: 250 reset\nS: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nS: 250 queued\n" + Bye);

        Assert.Equal("refused: 550 5.1.1 nobody", Play.Told(await play.HandOverAsync()));
        Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
    }

    [Theory]
    [EachDelivery("S: 550 5.1.8 sender\nS: 503 no\nS: 503 no\n")]
    [EachDelivery("S: 250 ok\nS: 550 nobody\nS: 354 go\nC: .\nS: 554 none\n")]
    [EachDelivery("S: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nS: 554 5.7.1 spam\n")]
    public async Task Says_no_rset_where_the_transaction_has_ended(Delivery delivery, string ending)
    {
        await using var play = new Play(delivery, Play.Pipelining + Mail + ending + Message + Bye);

        await play.HandOverAsync();

        Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
    }

    [Theory]
    [EachDelivery("X: drop")]
    [EachDelivery(Mail + "X: drop")]
    [EachDelivery(Mail + "S: 421 4.4.2 timeout\nC: [end]")]
    [EachDelivery(Mail + "S: 421 4.7.0 enough messages\nS: 421 4.7.0 enough messages\nX: drop")]
    public async Task Tries_once_more_on_a_fresh_one_when_the_relay_had_closed_it(Delivery delivery, string end)
    {
        await using var play = new Play(delivery, Play.Pipelining + Message + end, Play.Pipelining + Message + Bye);
        await play.HandOverAsync();

        var second = await play.HandOverAsync();

        Assert.Equal("accepted: 250 queued", Play.Told(second));
        Assert.Contains("* the resting session had come to its end; opening another\n", second.Dialogue, StringComparison.Ordinal);
    }

    [Theory]
    [EachDelivery(Mail + "S: 250 ok\nX: drop", "deferred: While naming the recipients: the relay closed the connection.")]
    [EachDelivery(Mail + "S: 250 ok\nS: 421 enough\nC: [end]", "deferred: 421 enough")]
    [EachDelivery(Mail + "S: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nX: drop",
        "unknown: The message was sent and no answer understood: the relay closed the connection.")]
    public async Task Does_not_try_again_once_the_relay_took_the_sender(Delivery delivery, string end, string told)
    {
        await using var play = new Play(delivery, Play.Pipelining + Message + end);
        await play.HandOverAsync();

        Assert.Equal(told, Play.Told(await play.HandOverAsync()));
    }

    [Theory, EachDelivery]
    public async Task Does_not_try_again_when_the_session_was_fresh(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Pipelining + Mail + "S: 421 busy\nC: [end]");

        Assert.Equal("deferred: 421 busy", Play.Told(await play.HandOverAsync()));
    }

    [Fact]
    public async Task Leaves_after_as_many_messages_as_allowed()
    {
        await using var play = new Play(Delivery.InOneBlit, Play.Pipelining + Message + Message + Bye, Play.Pipelining + Message + Bye)
        {
            Limits = new SessionPoolLimits { MaxMessagesPerSession = 2 },
        };

        for (var message = 0; message < 3; message++) Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
    }

    [Fact]
    public async Task Leaves_when_nothing_came_for_a_while()
    {
        await using var play = new Play(Delivery.InOneBlit, Play.Pipelining + Message + Bye);
        await play.HandOverAsync();

        play.Clock.Advance(TimeSpan.FromSeconds(45));

        await play.Hung(0);
    }

    [Fact]
    public async Task Leaves_a_session_that_has_grown_old()
    {
        await using var play = new Play(Delivery.InOneBlit, Play.Pipelining + Message + Message + Bye, Play.Pipelining + Message + Bye)
        {
            Limits = new SessionPoolLimits { MaxAge = TimeSpan.FromSeconds(20) },
        };
        await play.HandOverAsync();
        play.Clock.Advance(TimeSpan.FromSeconds(19));
        await play.HandOverAsync();

        play.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("accepted: 250 queued", Play.Told(await play.HandOverAsync()));
    }

    [Fact]
    public async Task Opens_no_more_than_allowed_at_a_time()
    {
        const string Slow = Play.Pipelining + Mail + "X: pause\nS: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nS: 250 queued\n";
        await using var play = new Play(Delivery.InOneBlit, Slow + Message + Bye, Slow + Bye)
        {
            Limits = new SessionPoolLimits { MaxSessions = 2 },
        };

        var (first, second) = (play.HandOverAsync(), play.HandOverAsync());
        await Task.WhenAll(play.Peers[0].Paused, play.Peers[1].Paused);
        var third = play.HandOverAsync();
        play.Peers[0].Resume();

        Assert.Equal("accepted: 250 queued", Play.Told(await third));
        Assert.False(second.IsCompleted);
        play.Peers[1].Resume();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Closing_waits_for_the_message_under_way()
    {
        const string Slow = Mail + "S: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\nX: pause\nS: 250 queued\n";
        var play = new Play(Delivery.InOneBlit, Play.Pipelining + Slow + Bye);
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        var closing = play.DisposeAsync();
        Assert.False(closing.IsCompleted);
        play.Peer.Resume();

        Assert.Equal("accepted: 250 queued", Play.Told(await handOver));
        await closing;
    }

    [Fact]
    public async Task One_whose_caller_gave_up_at_the_last_moment_is_not_kept()
    {
        var (near, far) = DuplexStream.Pair(Delivery.InOneBlit);
        await using var wire = new Wires.Wire(new Wires.Connection(near, null, true), TimeProvider.System);
        var endpoint = new RelayEndpoint { Host = "mx.example", HeloName = "post.example" };
        await using var session = new Smtp.Sessions.SmtpSession(wire, endpoint, new Capabilities.EhloExtensions(), TimeProvider.System);

        wire.GiveUp();

        Assert.False(session.MayGoOn(new SessionPoolLimits()));
        await far.DisposeAsync();
    }

    [Fact]
    public async Task A_closed_pool_takes_no_message()
    {
        var play = new Play(Delivery.InOneBlit);
        await play.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => play.HandOverAsync());
    }
}
