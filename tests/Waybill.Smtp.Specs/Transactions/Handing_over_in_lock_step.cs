using System.Text;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

public class Handing_over_in_lock_step
{
    const string Sender = Play.Plain + "C: MAIL FROM:<post@waybill.example>\n";
    const string Data = Sender + "S: 250 ok\nC: RCPT TO:<ada@example.org>\nS: 250 ok\nC: DATA\n";
    const string OutOfStep = "unknown: The message was sent; while handing over the content the relay answered out of step";

    [Theory, EachDelivery]
    public async Task Waits_for_each_reply(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, Sender + """
            S: 250 ok
            C: RCPT TO:<ada@example.org>
            S: 250 ok
            C: RCPT TO:<bob@example.org>
            S: 250 ok
            C: DATA
            S: 354 go on
            C: [content]
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("accepted: 250 2.0.0 queued | accepted: 250 2.0.0 queued", outcome);
    }

    [Theory, EachDelivery]
    public async Task Names_no_recipient_when_the_sender_is_refused(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, Sender + """
            S: 553 5.1.7 bad sender
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("refused: 553 5.1.7 bad sender", outcome);
    }

    [Theory, EachDelivery]
    public async Task Says_no_data_when_nobody_stands(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, Sender + """
            S: 250 ok
            C: RCPT TO:<ada@example.org>
            S: 550 5.1.1 nobody
            C: RCPT TO:<bob@example.org>
            S: 452 4.2.2 full
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("refused: 550 5.1.1 nobody | deferred: 452 4.2.2 full", outcome);
    }

    [Theory, EachDelivery]
    public async Task Goes_on_with_those_who_stand(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, Sender + """
            S: 250 ok
            C: RCPT TO:<ada@example.org>
            S: 552 5.2.2 mailbox full
            C: RCPT TO:<bob@example.org>
            S: 252 cannot verify, will try
            C: DATA
            S: 354 go on
            C: [content]
            S: 250 done
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("deferred: 552 5.2.2 mailbox full | accepted: 250 done", outcome);
    }

    [Theory]
    [EachDelivery("451 4.3.0 later", "deferred: 451 4.3.0 later")]
    [EachDelivery("554 5.7.1 no", "refused: 554 5.7.1 no")]
    [EachDelivery("503 5.5.1 not now", "deferred: 503 5.5.1 not now")]
    [EachDelivery("530 5.7.0 sign in first", "deferred: 530 5.7.0 sign in first", "C: [end]")]
    [EachDelivery("250 ok", "deferred: Protocol fault: while announcing the content the relay answered out of step: 250 ok", "C: [end]")]
    public async Task Judges_the_reply_to_data(Delivery delivery, string reply, string told, string end = "C: QUIT")
    {
        var outcome = await Play.OutcomeAsync(delivery, $"{Data}S: {reply}\n{end}");

        Assert.Equal(told, outcome);
    }

    [Theory]
    [EachDelivery("250 2.6.0 as message 12", "accepted: 250 2.6.0 as message 12")]
    [EachDelivery("450 4.7.1 later", "deferred: 450 4.7.1 later")]
    [EachDelivery("552 5.3.4 too big", "refused: 552 5.3.4 too big")]
    [EachDelivery("554 5.6.0 not like this", "refused: 554 5.6.0 not like this")]
    [EachDelivery("354 go on", $"{OutOfStep}: 354 go on", "C: [end]")]
    public async Task Judges_the_reply_to_the_dot(Delivery delivery, string reply, string told, string end = "C: QUIT")
    {
        var outcome = await Play.OutcomeAsync(delivery, $"{Data}S: 354 go\nC: [content]\nS: {reply}\n{end}");

        Assert.Equal(told, outcome);
    }

    [Theory, EachDelivery]
    public async Task Hears_what_the_relay_said_when_it_hung_up_on_the_content(Delivery delivery)
    {
        await using var play = new Play(delivery, $"{Data}S: 354 go\nC: Subject: hi\nS: 552 5.3.4 too big\nX: drop");
        var content = new MessageContent(200_000, _ => HangingUpBetween(play));

        var handOver = await play.HandOverAsync(new Envelope(Play.Post, [Play.Ada]), content, default);

        Assert.Equal("refused: 552 5.3.4 too big", Play.Told(handOver));
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> HangingUpBetween(Play play)
    {
        yield return Encoding.ASCII.GetBytes("Subject: hi\r\n".PadRight(100_000, 'x'));
        await play.Hung(0);
        yield return new byte[100_000];
    }
}
