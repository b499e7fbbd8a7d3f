using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

public class When_the_connection_breaks
{
    const string Mail = Play.Pipelining + """
        C: MAIL FROM:<post@waybill.example>
        C: RCPT TO:<ada@example.org>
        C: RCPT TO:<bob@example.org>
        C: DATA

        """;

    const string Sent = Mail + "S: 250 ok\nS: 550 5.1.1 nobody\nS: 250 ok\nS: 354 go\nC: [content]\n";

    [Theory]
    [EachDelivery("X: drop", "Greeting", "waiting for the greeting")]
    [EachDelivery("S: 220 mx\nX: drop", "Hello", "introducing ourselves (EHLO)")]
    [EachDelivery("S: 220 mx\nC: EHLO post.example\nS: 250-mx\nX: drop", "Hello", "introducing ourselves (EHLO)")]
    public async Task Before_the_message_it_is_the_routes_fault(Delivery delivery, string script, string stage, string during)
    {
        await using var play = new Play(delivery, script);

        var handOver = await play.HandOverAsync();

        Assert.Equal(stage, $"{handOver.RouteFault!.Stage}");
        Assert.StartsWith($"While {during} at mx.example: the ", handOver.RouteFault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [EachDelivery("X: drop", "naming the sender", "Sender")]
    [EachDelivery("S: 250 ok\nX: drop", "naming the recipients", "Recipients")]
    [EachDelivery("S: 250 ok\nS: 250 ok\nX: drop", "naming the recipients", "Recipients")]
    [EachDelivery("S: 250 ok\nS: 250 ok\nS= 25\nX: drop", "naming the recipients", "Recipients")]
    [EachDelivery("S: 250 ok\nS: 250 ok\nS: 250 ok\nX: drop", "announcing the content", "Data")]
    public async Task Before_the_dot_everybody_is_deferred(Delivery delivery, string script, string during, string stage)
    {
        await using var play = new Play(delivery, Mail + script);

        var handOver = await play.HandOverAsync(Play.Ada, Play.Bob);

        var told = $"deferred: While {during}: the relay closed the connection.";
        Assert.Equal($"{told} | {told}", Play.Told(handOver));
        Assert.Equal((stage, (RouteFault?)null), ($"{handOver.Reached}", handOver.RouteFault));
    }

    [Theory, EachDelivery]
    public async Task In_the_middle_of_the_content_everybody_is_deferred(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + """
            C: MAIL*
            S: 250 ok
            C: RCPT*
            S: 250 ok
            C: DATA
            S: 354 go
            X: drop
            """);
        var content = new MessageContent(200_000, _ => AfterTheDrop(play));

        var handOver = await play.HandOverAsync(new Envelope(Play.Post, [Play.Ada]), content, default);

        Assert.StartsWith("deferred: While handing over the content: the connection was", Play.Told(handOver), StringComparison.Ordinal);
    }

    [Theory]
    [EachDelivery("X: drop", "the relay closed the connection")]
    [EachDelivery("S= 250 o\nX: drop", "the relay closed the connection")]
    [EachDelivery("S: 250-2.0.0 ok\nX: drop", "the relay closed the connection")]
    [EachDelivery("S: huh?\nX: drop", "the relay sent what is not an SMTP reply: \"huh?\"")]
    [EachDelivery("S: 250-ok\nS: 550 or not\nX: drop", "the relay began a reply with 250 and went on with 550")]
    public async Task After_the_dot_nobody_knows(Delivery delivery, string script, string why) =>
        Assert.Equal(
            $"refused: 550 5.1.1 nobody | unknown: The message was sent and no answer understood: {why}.",
            await Play.OutcomeAsync(delivery, Sent + script, Play.Ada, Play.Bob));

    [Theory]
    [EachDelivery("S: huh?", "the relay sent what is not an SMTP reply: \"huh?\"")]
    [EachDelivery("S= \\x16\\x03\\x01\\n", "the relay sent what is not an SMTP reply: \"\\x16\\x03\\x01\"")]
    [EachDelivery("S: 999 beyond", "the relay sent what is not an SMTP reply: \"999 beyond\"")]
    [EachDelivery("S: 25O letter", "the relay sent what is not an SMTP reply: \"25O letter\"")]
    [EachDelivery("S: 250_ok", "the relay sent what is not an SMTP reply: \"250_ok\"")]
    [EachDelivery("S: 250-ok\nS: 251 ok", "the relay began a reply with 250 and went on with 251")]
    [EachDelivery("S:", "the relay sent what is not an SMTP reply: \"\"")]
    public async Task Garbage_breaks_it_too(Delivery delivery, string garbage, string why)
    {
        var told = $"deferred: While naming the sender: {why}.";

        Assert.Equal($"{told} | {told}", await Play.OutcomeAsync(delivery, $"{Mail}{garbage}\nC: [end]", Play.Ada, Play.Bob));
    }

    [Fact]
    public async Task A_reply_line_of_ten_megabytes_is_not_listened_to()
    {
        var told = await Play.OutcomeAsync(Delivery.InOneBlit, $"{Mail}S: 250 {new string('x', 10_000_000)}\nC: [end]", Play.Ada, Play.Bob);

        Assert.StartsWith("deferred: While naming the sender: the relay's reply is longer than any", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_beyond_those_asked_for_break_it_before_anything_is_sent()
    {
        await using var play = new Play(Delivery.InOneBlit, Mail + "S: 250 ok\nS: 250 ok\nS: 250 ok\nS: 354 go\nS: 250 queued\nC: [end]");

        var handOver = await play.HandOverAsync(Play.Ada, Play.Bob);

        const string Told = "deferred: While handing over the content: the relay answered before it had the message.";
        Assert.Equal($"{Told} | {Told}", Play.Told(handOver));
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> AfterTheDrop(Play play)
    {
        await play.Hung(0);
        yield return new byte[200_000];
    }
}
