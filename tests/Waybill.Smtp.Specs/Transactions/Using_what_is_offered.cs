using Waybill.Mime.Addresses;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

public class Using_what_is_offered
{
    static readonly Address Jürgen = Address.Parse("jürgen@example.org");

    static string Offering(string offer) => $"S: 220 mx\nC: EHLO post.example\nS: 250-mx\nS: 250-8BITMIME\nS: 250 {offer}\n";

    static string Transaction(string mail, string rcpt) =>
        $"C: {mail}\nS: 250 ok\nC: {rcpt}\nS: 250 ok\nC: DATA\nS: 354 go\nC: [content]\nS: 250 queued\nC: QUIT\nS: 221 bye";

    [Theory]
    [EachDelivery("SIZE 1000")]
    [EachDelivery("SIZE 0")]
    [EachDelivery("SIZE")]
    [EachDelivery("size 22")]
    [EachDelivery("SIZE 99999999999999999999")]
    public async Task Announces_the_size(Delivery delivery, string offer) => Assert.Equal("accepted: 250 queued", await Play.OutcomeAsync(
        delivery, Offering(offer) + Transaction("MAIL FROM:<post@waybill.example> SIZE=22", "RCPT TO:<ada@example.org>")));

    [Theory, EachDelivery]
    public async Task Refuses_a_message_that_is_too_big_without_asking(Delivery delivery) => Assert.Equal(
        "refused: 5.3.4 The message has 22 octets, and the relay takes 21 at most.",
        await Play.OutcomeAsync(delivery, Offering("SIZE 21") + "C: QUIT\nS: 221 bye"));

    [Theory, EachDelivery]
    public async Task Asks_for_smtputf8_where_an_address_needs_it(Delivery delivery)
    {
        var transaction = Transaction("MAIL FROM:<post@waybill.example> SMTPUTF8", "RCPT TO:<j\u00c3\u00bcrgen@example.org>");

        Assert.Equal("accepted: 250 queued", await Play.OutcomeAsync(delivery, Offering("SMTPUTF8") + transaction, Jürgen));
    }

    [Theory, EachDelivery]
    public async Task Does_not_ask_for_smtputf8_where_no_address_needs_it(Delivery delivery)
    {
        var transaction = Transaction("MAIL FROM:<post@waybill.example>", "RCPT TO:<ada@example.org>");

        Assert.Equal("accepted: 250 queued", await Play.OutcomeAsync(delivery, Offering("SMTPUTF8") + transaction));
    }

    [Theory, EachDelivery]
    public async Task Refuses_only_who_needs_smtputf8_where_it_is_not_offered(Delivery delivery) => Assert.Equal(
        "refused: 5.6.7 The address needs a relay that offers SMTPUTF8, and this one does not. | accepted: 250 queued",
        await Play.OutcomeAsync(
            delivery, Play.Plain + Transaction("MAIL FROM:<post@waybill.example>", "RCPT TO:<ada@example.org>"), Jürgen, Play.Ada));

    [Theory, EachDelivery]
    public async Task Refuses_everybody_where_the_sender_needs_it_and_it_is_not_offered(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + "C: QUIT\nS: 221 bye");

        var handOver = await play.HandOverAsync(new Envelope(Jürgen, [Play.Ada]), "Subject: hi\r\n\r\n", default);

        Assert.Equal("refused: 5.6.7 The sender's address needs a relay that offers SMTPUTF8, and this one does not.", Play.Told(handOver));
    }

    [Theory, EachDelivery]
    public async Task Refuses_everybody_where_a_header_needs_it_and_it_is_not_offered(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + "C: QUIT\nS: 221 bye");
        var content = new MessageContent(0, MessageContent.FromMemory(default).Read) { NeedsSmtpUtf8 = true };

        var handOver = await play.HandOverAsync(new Envelope(null, [Play.Ada]), content, default);

        Assert.Equal(
            "refused: 5.6.7 An address in the message's headers needs a relay that offers SMTPUTF8, and this one does not.",
            Play.Told(handOver));
    }

    [Theory, EachDelivery]
    public async Task Writes_the_empty_path_for_a_message_that_must_not_bounce(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + Transaction("MAIL FROM:<>", "RCPT TO:<ada@example.org>"));

        var handOver = await play.HandOverAsync(new Envelope(null, [Play.Ada]), "Subject: hi\r\n\r\n", default);

        Assert.Equal("accepted: 250 queued", Play.Told(handOver));
    }

    [Theory, EachDelivery]
    public async Task Sends_a_big_message_whole_and_stuffed(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + Transaction("MAIL*", "RCPT*"));
        var content = string.Concat(Enumerable.Range(0, 20_000).Select(line => $".line {line}\r\n"));

        await play.HandOverAsync(content, default);

        Assert.Equal($"{content.Replace(".line", "..line", StringComparison.Ordinal)}.\r\n", play.Peer.Contents[0]);
    }

    [Theory, EachDelivery]
    public async Task Sends_an_empty_message_as_one_dot(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Plain + Transaction("MAIL*", "RCPT*"));

        await play.HandOverAsync("", default);

        Assert.Equal(".\r\n", play.Peer.Contents[0]);
    }
}
