using Waybill.Smtp.Replies;
using Waybill.Smtp.Wires;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Sessions;

public class Writing_the_dialogue_down
{
    [Theory, EachDelivery]
    public async Task Shows_who_said_what_and_the_content_by_its_length(Delivery delivery)
    {
        await using var play = new Play(delivery, Play.Pipelining + """
            C: MAIL*
            C: RCPT*
            C: DATA
            S: 250 2.1.0 ok
            S: 250 2.1.5 ok
            S: 354 go
            C: [content]
            S: 250 2.0.0 queued
            C: QUIT
            S: 221 bye
            """);

        var handOver = await play.HandOverAsync();

        Assert.Equal("""
            * connecting to smtp://mx.example:587
            S: 220 mx ready
            C: EHLO post.example
            S: 250-mx
            S: 250-PIPELINING
            S: 250 ENHANCEDSTATUSCODES
            C: MAIL FROM:<post@waybill.example>
            C: RCPT TO:<ada@example.org>
            C: DATA
            S: 250 2.1.0 ok
            S: 250 2.1.5 ok
            S: 354 go
            C: [22 octets]
            S: 250 2.0.0 queued

            """, handOver.Dialogue);
        Assert.Equal(DialogueStage.Content, handOver.Reached);
    }

    [Fact]
    public void Keeps_the_beginning_and_the_end_of_a_long_one()
    {
        var transcript = new Transcript();
        for (var line = 0; line < 10_000; line++) transcript.Client($"RCPT TO:<user{line}@example.org>");

        var text = transcript.ToString();

        Assert.True(text.Length <= 32 * 1024);
        Assert.StartsWith("C: RCPT TO:<user0@example.org>\n", text, StringComparison.Ordinal);
        Assert.EndsWith("C: RCPT TO:<user9999@example.org>\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\n\* \d+ lines are left out here\n", text);
    }

    [Fact]
    public void Cuts_a_line_that_is_too_long()
    {
        var transcript = new Transcript();
        transcript.Server(new Reply(550, null, new string('x', 4000)));

        Assert.Equal(1024 + "S: \n".Length, transcript.ToString().Length);
    }

    [Fact]
    public void An_endpoint_never_shows_its_password()
    {
        var endpoint = new RelayEndpoint { Host = "mx.example", HeloName = "post.example", User = "ada", Password = "secret" };

        Assert.Equal("smtp+starttls://ada@mx.example:587", $"{endpoint}");
    }
}
