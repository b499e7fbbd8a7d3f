using Waybill.Engine.Messages;
using Waybill.Screens.Pages.Messages;
using Waybill.Screens.Texts;

namespace Waybill.Server.Specs.Inbox;

public class Advising_what_to_do
{
    [Theory]
    [InlineData("550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in virtual mailbox table", "advice.address")]
    [InlineData("550 No such user here", "advice.address")]
    [InlineData("550 5.1.2 Host unknown", "advice.domain")]
    [InlineData("552 5.2.2 Mailbox full", "advice.full")]
    [InlineData("552 5.3.4 Message size exceeds fixed limit", "advice.size")]
    [InlineData("535 5.7.8 Error: authentication failed", "advice.credentials")]
    [InlineData("550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy", "advice.authentication")]
    [InlineData("554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org", "advice.blocklist")]
    [InlineData("550 5.7.1 Sender not authorized to send on behalf of", "advice.sender")]
    [InlineData("454 4.7.1 Relay access denied", "advice.credentials")]
    [InlineData("554 5.7.1 Relay access denied", "advice.sender")]
    [InlineData("450 4.2.0 Greylisted, see http://postgrey.example/", "advice.greylist")]
    [InlineData("Connection refused", "advice.connection")]
    [InlineData("the daily cap of 500", "advice.cap")]
    [InlineData("The certificate of smtp.example.net is expired", "advice.tls")]
    [InlineData("RelayNotConfigured: no relay is configured; set SMTP_HOST", "advice.no-relay")]
    [InlineData("InvalidAddress: not an address", "advice.invalid")]
    [InlineData("RecipientSuppressed: ann@example.org bounced", "advice.suppressed")]
    [InlineData("Its secret values expired before it could be sent, and were erased.", "advice.secrets")]
    public void Knows_what_a_reason_asks_for(string reason, string advice) =>
        Assert.Equal(advice, Advice.For(MessageStatus.Failed, reason));

    [Theory]
    [InlineData(MessageStatus.Failed, "550 5.9.9 something else")]
    [InlineData(MessageStatus.Failed, null)]
    [InlineData(MessageStatus.Sent, "550 5.1.1 no such user")]
    [InlineData(MessageStatus.Canceled, "by its sender")]
    public void Says_nothing_where_it_does_not_know(MessageStatus status, string? reason) => Assert.Null(Advice.For(status, reason));

    [Fact]
    public void Knows_what_a_held_message_asks_for_in_both_languages() =>
        Assert.All(
            Wording.Locales, locale => Assert.NotEmpty(Wording.Of(locale).Say(Advice.For(MessageStatus.Held, "the connection broke")!)));
}
