using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

/// <summary>To the second, on a clock that the spec moves: our own minute up to 354, from there the times of RFC 5321 §4.5.3.2.</summary>
public class When_the_relay_is_slow
{
    const string Mail = Play.Plain + "C: MAIL FROM:<post@waybill.example>\n";
    const string Rcpt = Mail + "S: 250 ok\nC: RCPT TO:<ada@example.org>\n";
    const string Data = Rcpt + "S: 250 ok\nC: DATA\n";
    const string Dot = Data + "S: 354 go\nC: [content]\n";

    [Theory]
    [InlineData("", "waiting for the greeting at mx.example")]
    [InlineData("S: 220 mx\nC: EHLO*\n", "introducing ourselves (EHLO) at mx.example")]
    [InlineData(Mail, "naming the sender")]
    [InlineData(Rcpt, "naming the recipients")]
    [InlineData(Data, "announcing the content")]
    public async Task Before_the_content_it_defers_after_a_minute(string script, string where)
    {
        await using var play = new Play(Delivery.InOneBlit, script + "X: pause\nX: drop");
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(handOver.IsCompleted);
        play.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"deferred: While {where}: the dialogue took longer than 1 minute.", Play.Told(await handOver));
        play.Peer.Resume();
    }

    [Fact]
    public async Task All_steps_before_the_content_share_the_minute()
    {
        await using var play = new Play(Delivery.InOneBlit, "S: 220 mx\nC: EHLO*\nX: pause\nS: 250 mx\nC: MAIL*\nC: [end]");
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;
        play.Clock.Advance(TimeSpan.FromSeconds(50));
        play.Peer.Resume();
        await play.Hearing("MAIL FROM");

        play.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("deferred: While naming the sender: the dialogue took longer than 1 minute.", Play.Told(await handOver));
    }

    [Fact]
    public async Task A_session_that_rested_begins_a_minute_of_its_own()
    {
        await using var play = new Play(
            Delivery.InOneBlit,
            Dot
                + "S: 250 ok\nC: MAIL FROM:<post@waybill.example>\nX: pause\nS: 250 ok\nC: RCPT*\nS: 250 ok\nC: DATA\nS: 354 go\nC: "
                + "[content]\nS: 250 again");
        await play.HandOverAsync();
        play.Clock.Advance(TimeSpan.FromSeconds(20));
        var handOver = play.HandOverAsync();
        await play.Peer.Paused;

        play.Clock.Advance(TimeSpan.FromSeconds(59));
        play.Peer.Resume();

        Assert.Equal("accepted: 250 again", Play.Told(await handOver));
    }

    [Fact]
    public async Task A_large_message_over_a_slow_link_is_not_cut()
    {
        await using var play = new Play(Delivery.InOneBlit, Dot + "S: 250 ok");

        Assert.Equal("accepted: 250 ok", Play.Told(await play.HandOverAsync(Slowly(pieces: 64, perPiece: TimeSpan.FromSeconds(7), play))));
    }

    [Fact]
    public async Task Content_that_trickles_is_given_up_in_the_end()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [rest]");

        var told = Play.Told(await play.HandOverAsync(Slowly(pieces: 64, perPiece: TimeSpan.FromSeconds(60), play)));

        Assert.Equal("deferred: While handing over the content: the dialogue took longer than 1112 seconds.", told);
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

    /// <summary>4 MiB in so many pieces, and as much time for each.</summary>
    static MessageContent Slowly(int pieces, TimeSpan perPiece, Play play)
    {
        var piece = new byte[4 * 1024 * 1024 / pieces];
        Array.Fill(piece, (byte)'a');
        async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation]
            CancellationToken cancellationToken)
        {
            for (var i = 0; i < pieces; i++)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                play.Clock.Advance(perPiece);
                yield return piece;
            }
        }

        return new MessageContent(pieces * piece.Length, ReadAsync);
    }
}
