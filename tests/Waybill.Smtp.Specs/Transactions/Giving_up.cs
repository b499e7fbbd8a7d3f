using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

/// <summary>The caller's token stops a hand-over up to the final dot and never after it.</summary>
public class Giving_up
{
    const string Mail = Play.Plain + "C: MAIL FROM:<post@waybill.example>\n";
    const string Rcpt = Mail + "S: 250 ok\nC: RCPT TO:<ada@example.org>\n";
    const string Data = Rcpt + "S: 250 ok\nC: DATA\n";

    [Theory]
    [InlineData("")]
    [InlineData("S: 220 mx\nC: EHLO post.example\n")]
    [InlineData(Mail)]
    [InlineData(Rcpt)]
    [InlineData(Data)]
    public async Task Before_the_dot_is_a_cancellation(string script)
    {
        await using var play = new Play(Delivery.InOneBlit, script + "X: pause\nC: [end]");
        using var caller = new CancellationTokenSource();
        var handOver = play.HandOverAsync("Subject: hi\r\n\r\n", caller.Token);
        await play.Peer.Paused;

        await caller.CancelAsync();
        play.Peer.Resume();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handOver);
    }

    [Fact]
    public async Task At_the_last_moment_before_the_dot_leaves_the_relay_without_a_dot()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [end]");
        using var caller = new CancellationTokenSource();
        var envelope = new Envelope(Play.Post, [Play.Ada]);
        using var step = StepListener.At("smtp.before-dot", envelope, caller.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => play.HandOverAsync(envelope, "Subject: hi\r\n\r\n", caller.Token));

        Assert.DoesNotContain("\r\n.\r\n", play.Peer.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_the_dot_is_out_changes_nothing()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [content]\nX: pause\nS: 250 2.0.0 queued");
        using var caller = new CancellationTokenSource();
        var handOver = play.HandOverAsync("Subject: hi\r\n\r\n", caller.Token);
        await play.Peer.Paused;

        await caller.CancelAsync();
        play.Peer.Resume();

        Assert.Equal("accepted: 250 2.0.0 queued", Play.Told(await handOver));
    }

    [Fact]
    public async Task While_all_sessions_are_busy_is_a_cancellation_too()
    {
        await using var play = new Play(Delivery.InOneBlit, Mail + "X: pause\nX: drop")
        {
            Limits = new SessionPoolLimits { MaxSessions = 1 },
        };
        using var caller = new CancellationTokenSource();
        var busy = play.HandOverAsync();
        await play.Peer.Paused;

        var waiting = play.HandOverAsync("Subject: hi\r\n\r\n", caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        play.Peer.Resume();
        await busy;
    }

    [Fact]
    public async Task A_content_that_ends_early_is_not_sent()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [end]");
        var content = new MessageContent(10, _ => new ReadOnlyMemory<byte>[] { new byte[9] }.ToAsyncEnumerable());

        var handOver = play.HandOverAsync(new Envelope(Play.Post, [Play.Ada]), content, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => handOver);
    }

    [Fact]
    public async Task A_content_that_cannot_be_read_is_not_sent()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [end]");
        var content = new MessageContent(10, _ => throw new IOException("The disk is gone."));

        var thrown = await Assert.ThrowsAsync<IOException>(() => play.HandOverAsync(new Envelope(Play.Post, [Play.Ada]), content, default));

        Assert.Equal("The disk is gone.", thrown.Message);
    }

    [Fact]
    public async Task The_steps_around_the_dot_are_told_in_order()
    {
        await using var play = new Play(Delivery.InOneBlit, Data + "S: 354 go\nC: [content]\nS: 250 ok\nC: QUIT\nS: 221 bye");
        var envelope = new Envelope(Play.Post, [Play.Ada]);
        var steps = new List<string>();
        using var before = StepListener.At("smtp.before-dot", envelope, () => steps.Add($"before, after {play.Streams[0].Writes} writes"));
        using var after = StepListener.At("smtp.after-dot", envelope, () => steps.Add("after"));
        using var replied = StepListener.At("smtp.replied", envelope, () => steps.Add("replied"));

        await play.HandOverAsync(envelope, "Subject: hi\r\n\r\n", default);

        Assert.Equal(["before, after 4 writes", "after", "replied"], steps);
    }
}
