using System.Globalization;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Specs.Replies;

/// <summary>The table of <see cref="Classification"/>, row by row.</summary>
public class Judging_a_reply
{
    [Theory]
    [InlineData("Greeting", "220 mx", "Accepted")]
    [InlineData("Greeting", "554 5.3.2 no service here", "RouteFault")]
    [InlineData("Greeting", "421 4.3.2 closing", "RouteFault")]
    [InlineData("Greeting", "250 mx", "RouteFault")]
    [InlineData("Hello", "250 mx", "Accepted")]
    [InlineData("Hello", "502 what", "RouteFault")]
    [InlineData("Hello", "220 mx", "RouteFault")]
    [InlineData("Tls", "220 go", "Accepted")]
    [InlineData("Tls", "454 4.7.0 not now", "RouteFault")]
    [InlineData("SignIn", "235 2.7.0 ok", "Accepted")]
    [InlineData("SignIn", "535 5.7.8 wrong", "RouteFault")]
    [InlineData("SignIn", "454 4.7.0 later", "RouteFault")]
    [InlineData("Sender", "250 ok", "Accepted")]
    [InlineData("Sender", "550 5.7.1 no", "Refused")]
    [InlineData("Sender", "552 5.3.4 too big", "Refused")]
    [InlineData("Sender", "552 too big", "Refused")]
    [InlineData("Sender", "452 4.3.1 no space", "Deferred")]
    [InlineData("Sender", "421 closing", "Deferred")]
    [InlineData("Sender", "503 5.5.1 nested MAIL", "Deferred")]
    [InlineData("Sender", "530 5.7.0 STARTTLS first", "RouteFault")]
    [InlineData("Sender", "354 go", "ProtocolFault")]
    [InlineData("Recipients", "250 ok", "Accepted")]
    [InlineData("Recipients", "251 forwarded", "Accepted")]
    [InlineData("Recipients", "252 will try", "Accepted")]
    [InlineData("Recipients", "550 5.1.1 nobody", "Refused")]
    [InlineData("Recipients", "550 nobody", "Refused")]
    [InlineData("Recipients", "450 4.2.0 grey", "Deferred")]
    [InlineData("Recipients", "452 4.5.3 too many", "Deferred")]
    [InlineData("Recipients", "552 5.5.3 too many", "Deferred")]
    [InlineData("Recipients", "552 5.2.2 full", "Deferred")]
    [InlineData("Recipients", "550 5.2.2 full", "Deferred")]
    [InlineData("Recipients", "552 full, or too many", "Deferred")]
    [InlineData("Recipients", "552 5.3.4 too big", "Refused")]
    [InlineData("Recipients", "530 5.7.0 sign in", "RouteFault")]
    [InlineData("Recipients", "354 go", "ProtocolFault")]
    [InlineData("Data", "354 go", "Accepted")]
    [InlineData("Data", "250 ok", "ProtocolFault")]
    [InlineData("Data", "300 hm", "ProtocolFault")]
    [InlineData("Data", "451 4.3.0 later", "Deferred")]
    [InlineData("Data", "554 5.5.1 none", "Refused")]
    [InlineData("Content", "250 2.0.0 queued", "Accepted")]
    [InlineData("Content", "299 queued", "Accepted")]
    [InlineData("Content", "354 go", "ProtocolFault")]
    [InlineData("Content", "451 4.3.0 later", "Deferred")]
    [InlineData("Content", "421 4.3.2 closing", "Deferred")]
    [InlineData("Content", "552 5.2.2 full", "Deferred")]
    [InlineData("Content", "552 5.2.3 too long", "Refused")]
    [InlineData("Content", "552 5.3.4 too big", "Refused")]
    [InlineData("Content", "554 5.7.1 spam", "Refused")]
    public void Follows_the_table(string stage, string reply, string verdict) =>
        Assert.Equal(verdict, Classification.Judge(Enum.Parse<DialogueStage>(stage), Parse(reply)).ToString());

    [Fact]
    public void Has_an_answer_for_every_code_at_every_stage()
    {
        var verdicts = from stage in Enum.GetValues<DialogueStage>()
                       from code in Enumerable.Range(200, 400)
                       select (stage, code, verdict: Classification.Judge(stage, new Reply(code, null, "")));

        Assert.All(verdicts, one => Assert.False(one.verdict == Verdict.Accepted && one.code >= 400, $"{one}"));
        Assert.All(verdicts, one => Assert.False(one.verdict == Verdict.Refused && one.code < 500, $"{one}"));
    }

    static Reply Parse(string reply) =>
        new(int.Parse(reply[..3], CultureInfo.InvariantCulture), EnhancedCode.AtStartOf(reply.AsSpan(4)), reply[4..]);
}
