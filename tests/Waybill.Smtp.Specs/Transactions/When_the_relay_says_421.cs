using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

/// <summary>RFC 5321 §3.8: 421 answers any command, and means the connection, not what was asked.</summary>
public class When_the_relay_says_421
{
    const string Mail = "C: MAIL FROM:<post@waybill.example>\n";
    const string Ada = "C: RCPT TO:<ada@example.org>\n";
    const string Bob = "C: RCPT TO:<bob@example.org>\n";
    const string Bye = "S: 421 4.3.2 closing\nC: [end]";
    const string Deferred = "deferred: 421 4.3.2 closing";

    [Theory]
    [EachDelivery("S: 421 4.3.2 closing", "Greeting", "did not welcome us")]
    [EachDelivery("S: 220 mx\nC: EHLO post.example\nS: 421 4.3.2 closing", "Hello", "did not take our EHLO")]
    public async Task Before_the_message_it_is_the_routes_fault(Delivery delivery, string script, string stage, string words)
    {
        await using var play = new Play(delivery, script);

        var handOver = await play.HandOverAsync();

        Assert.Equal($"deferred: The relay mx.example {words}: 421 4.3.2 closing", Play.Told(handOver));
        Assert.Equal(stage, $"{handOver.RouteFault!.Stage}");
    }

    [Theory]
    [EachDelivery(Play.Plain + Mail + Bye)]
    [EachDelivery(Play.Plain + Mail + "S: 250 ok\n" + Ada + Bye)]
    [EachDelivery(Play.Plain + Mail + "S: 250 ok\n" + Ada + "S: 250 ok\n" + Bob + Bye)]
    [EachDelivery(Play.Plain + Mail + "S: 250 ok\n" + Ada + "S: 250 ok\n" + Bob + "S: 250 ok\nC: DATA\n" + Bye)]
    [EachDelivery(Play.Plain + Mail + "S: 250 ok\n" + Ada + "S: 250 ok\n" + Bob + "S: 250 ok\nC: DATA\nS: 354 go\nC: [content]\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\nS: 250 ok\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\nS: 250 ok\nS: 250 ok\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\nS: 250 ok\nS: 250 ok\nS: 354 go\nC: [content]\n" + Bye)]
    public async Task It_defers_everybody_and_nothing_more_is_said(Delivery delivery, string script)
    {
        await using var play = new Play(delivery, script);

        var handOver = await play.HandOverAsync(Play.Ada, Play.Bob);

        Assert.Equal($"{Deferred} | {Deferred}", Play.Told(handOver));
        Assert.Null(handOver.RouteFault);
    }

    [Theory]
    [EachDelivery(Play.Plain + Mail + "S: 250 ok\n" + Ada + "S: 550 5.1.1 nobody\n" + Bob + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\nS: 550 5.1.1 nobody\n" + Bye)]
    [EachDelivery(Play.Pipelining + Mail + Ada + Bob + "C: DATA\nS: 250 ok\nS: 550 5.1.1 nobody\nS: 250 ok\n" + Bye)]
    public async Task Who_was_refused_before_stays_refused(Delivery delivery, string script) =>
        Assert.Equal($"refused: 550 5.1.1 nobody | {Deferred}", await Play.OutcomeAsync(delivery, script, Play.Ada, Play.Bob));
}
