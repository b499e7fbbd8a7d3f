using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

/// <summary>RFC 5321 §4.5.3.2, to the second, on a clock that the spec moves.</summary>
public class When_the_relay_is_slow
{
    const string Mail = Play.Plain + "C: MAIL FROM:<post@waybill.example>\n";
    const string Rcpt = Mail + "S: 250 ok\nC: RCPT TO:<ada@example.org>\n";
    const string Data = Rcpt + "S: 250 ok\nC: DATA\n";
    const string Dot = Data + "S: 354 go\nC: [content]\n";

    [Theory]
    [InlineData("", 300, "waiting for the greeting at mx.example: the relay took longer than 5 minutes")]
    [InlineData("S: 220 mx\nC: EHLO*\n", 300, "introducing ourselves (EHLO) at mx.example: the relay took longer than 5 minutes")]
    [InlineData(Mail, 300, "naming the sender: the relay took longer than 5 minutes")]
    [InlineData(Rcpt, 300, "naming the recipients: the relay took longer than 5 minutes")]
    [InlineData(Data, 120, "announcing the content: the relay took longer than 2 minutes")]
    public async Task Before_the_dot_it_defers_when_the_steps_time_is_up(string script, int seconds, string why)
    {
        await using var play = new Play(Delivery.InOneBlit, script + "X: pause\nX: drop");
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.False(handOver.IsCompleted);
        play.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"deferred: While {why}.", Play.Told(await handOver));
        play.Peer.Resume();
    }

    [Fact]
    public async Task Waits_590_seconds_for_the_reply_to_the_dot()
    {
        await using var play = new Play(Delivery.InOneBlit, Dot + "X: pause\nS: 250 2.0.0 at last");
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(590));
        play.Peer.Resume();

        Assert.Equal("accepted: 250 2.0.0 at last", Play.Told(await handOver));
    }

    [Fact]
    public async Task Knows_nothing_after_601_seconds_without_a_reply_to_the_dot()
    {
        await using var play = new Play(Delivery.InOneBlit, Dot + "X: pause\nX: drop");
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(601));

        Assert.Equal(
            "unknown: The message was sent and no answer understood: the relay took longer than 10 minutes.", Play.Told(await handOver));
        play.Peer.Resume();
    }

    [Fact]
    public async Task Does_not_wait_for_a_farewell_longer_than_five_seconds()
    {
        var play = new Play(Delivery.InOneBlit, Dot + "S: 250 ok\nC: QUIT\nX: pause\nX: drop");
        await play.HandOverAsync();
        var leaving = play.DisposeAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(5));
        play.Peer.Resume();

        await leaving;
    }
}
