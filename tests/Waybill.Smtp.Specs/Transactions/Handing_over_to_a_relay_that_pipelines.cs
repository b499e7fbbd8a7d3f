using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

public class Handing_over_to_a_relay_that_pipelines
{
    const string OneRecipient = Play.Pipelining + """
        C: MAIL FROM:<post@waybill.example>
        C: RCPT TO:<ada@example.org>
        C: DATA

        """;

    const string TwoRecipients = Play.Pipelining + """
        C: MAIL FROM:<post@waybill.example>
        C: RCPT TO:<ada@example.org>
        C: RCPT TO:<bob@example.org>
        C: DATA

        """;

    [Theory, EachDelivery]
    public async Task Says_sender_recipients_and_data_before_it_waits(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 250 2.1.0 ok
            S: 250 2.1.5 ok
            S: 354 go on
            C: [content]
            S: 250 2.0.0 queued as 4711
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("accepted: 250 2.0.0 queued as 4711", outcome);
    }

    [Theory, EachDelivery]
    public async Task Keeps_each_recipients_own_reply(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, TwoRecipients + """
            S: 250 2.1.0 ok
            S: 550 5.1.1 no such user
            S: 250 2.1.5 ok
            S: 354 go on
            C: [content]
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("refused: 550 5.1.1 no such user | accepted: 250 2.0.0 queued", outcome);
    }

    [Theory, EachDelivery]
    public async Task Gives_a_content_that_is_refused_to_those_who_stood_only(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, TwoRecipients + """
            S: 250 2.1.0 ok
            S: 450 4.2.0 greylisted
            S: 250 2.1.5 ok
            S: 354 go on
            C: [content]
            S: 554 5.7.1 looks like spam
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("deferred: 450 4.2.0 greylisted | refused: 554 5.7.1 looks like spam", outcome);
    }

    [Theory, EachDelivery]
    public async Task Refuses_everybody_when_the_sender_is_refused(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, TwoRecipients + """
            S: 550 5.1.8 we do not know you
            S: 503 5.5.1 need MAIL
            S: 503 5.5.1 need MAIL
            S: 503 5.5.1 need RCPT
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("refused: 550 5.1.8 we do not know you | refused: 550 5.1.8 we do not know you", outcome);
    }

    [Theory, EachDelivery]
    public async Task Defers_everybody_when_the_sender_is_deferred(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 452 4.3.1 no space
            S: 503 need MAIL
            S: 503 need RCPT
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("deferred: 452 4.3.1 no space", outcome);
    }

    [Theory, EachDelivery]
    public async Task Ends_a_354_that_nobody_stands_for_with_a_lone_dot(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, TwoRecipients + """
            S: 250 ok
            S: 550 5.1.1 nobody
            S: 451 4.3.0 later
            S: 354 go on
            C: .
            S: 554 5.5.1 no recipients
            C: QUIT
            S: 221 bye
            """, Play.Ada, Play.Bob);

        Assert.Equal("refused: 550 5.1.1 nobody | deferred: 451 4.3.0 later", outcome);
    }

    [Theory, EachDelivery]
    public async Task Believes_nothing_that_a_lone_dot_is_answered(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 250 ok
            S: 550 5.1.1 nobody
            S: 354 go on
            C: .
            S: 250 2.0.0 queued, thank you
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("refused: 550 5.1.1 nobody", outcome);
    }

    [Theory, EachDelivery]
    public async Task Sends_no_dot_where_it_would_send_somebody_an_empty_message(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 550 5.1.8 sender refused
            S: 250 ok
            S: 354 go on
            C: [end]
            """);

        Assert.Equal("refused: 550 5.1.8 sender refused", outcome);
    }

    [Theory, EachDelivery]
    public async Task Takes_a_data_that_is_refused_for_all_who_stood(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 250 ok
            S: 250 ok
            S: 554 5.3.0 not today, not ever
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("refused: 554 5.3.0 not today, not ever", outcome);
    }

    [Theory, EachDelivery]
    public async Task Does_not_take_554_no_valid_recipients_for_anybodys_outcome(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 250 ok
            S: 450 4.7.1 try again
            S: 554 5.5.1 no valid recipients
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("deferred: 450 4.7.1 try again", outcome);
    }

    [Theory, EachDelivery]
    public async Task Reads_replies_of_many_lines_as_one_each(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, OneRecipient + """
            S: 250-2.1.0 ok
            S: 250-and more
            S: 250 2.1.0 and done
            S: 250 2.1.5 ok
            S: 354-go
            S: 354 on
            C: [content]
            S: 250-2.0.0 queued
            S: 250 2.0.0 as 4711
            C: QUIT
            S: 221 bye
            """);

        Assert.Equal("accepted: 250 2.0.0 queued / 2.0.0 as 4711", outcome);
    }

    [Theory, EachDelivery]
    public async Task Needs_no_enhanced_codes(Delivery delivery)
    {
        var outcome = await Play.OutcomeAsync(delivery, TwoRecipients + """
            S: 250
            S: 251 forwarded
            S: 550 unknown
            S: 354
            C: [content]
            S: 250
            C: QUIT
            S: 221
            """, Play.Ada, Play.Bob);

        Assert.Equal("accepted: 250 | refused: 550 unknown", outcome);
    }

    [Fact]
    public async Task Takes_two_writes_a_message()
    {
        await using var play = new Play(Delivery.InOneBlit, OneRecipient + """
            S: 250 ok
            S: 250 ok
            S: 354 go on
            C: [content]
            X: pause
            """);

        var handOver = play.HandOverAsync();
        await play.Peer.Paused;
        var writes = play.Streams[0].Writes;
        play.Peer.Resume();
        await handOver;

        Assert.Equal(1 + 2, writes); // EHLO; MAIL, RCPT and DATA; content and dot
    }

    [Fact]
    public async Task Names_more_than_a_windowful_of_recipients_in_several_groups()
    {
        var names = Enumerable.Range(0, 250).Select(i => Mime.Addresses.Address.Parse($"user{i}@example.org")).ToArray();
        string[] commands = ["C: MAIL FROM:<post@waybill.example>", .. names.Select(name => $"C: RCPT TO:<{name}>"), "C: DATA"];
        static string Reply(string line) => line == "C: DATA" ? "S: 354 go" : "S: 250 ok";
        var groups = commands.Chunk(100).SelectMany(group => group.Concat(group.Select(Reply)));
        var script = $"{Play.Pipelining}{string.Join('\n', groups)}\nC: [content]\nS: 250 done\nC: QUIT\nS: 221 bye";

        var outcome = await Play.OutcomeAsync(Delivery.InOneBlit, script, names);

        Assert.Equal(string.Join(" | ", names.Select(_ => "accepted: 250 done")), outcome);
    }
}
