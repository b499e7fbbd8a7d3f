using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.RacketBook.Emitting;

namespace Waybill.RacketBook.Specs.Emitting;

public sealed class What_an_emit_comes_to
{
    static EmitOutcome? Of(MessageStatus status, string? reason) => EmitOutcome.Of(new MessageRecord
    {
        Id = default,
        Tenant = default,
        Stream = "racketbook.receipts",
        Status = status,
        Reason = reason,
        HeaderId = "abc@example.org",
        Sender = "",
        Subject = "",
        AcceptedAt = default,
    });

    [Theory]
    [InlineData(MessageStatus.Sent, "250 2.0.0 Ok", "sent")]
    [InlineData(MessageStatus.Bounced, "550 no such user", "sent")]
    [InlineData(MessageStatus.Complained, null, "sent")]
    [InlineData(MessageStatus.SkippedNoEmail, "self_job", "skipped_no_email self_job")]
    [InlineData(MessageStatus.Held, "OutcomeUnknown: the line was cut", "failed OutcomeUnknown")]
    [InlineData(MessageStatus.Failed, "RelayNotConfigured: no relay is configured", "failed RelayNotConfigured")]
    [InlineData(MessageStatus.Failed, "RecipientSuppressed: bounced before", "failed RecipientSuppressed")]
    [InlineData(MessageStatus.Failed, "InvalidAddress: anna at example", "failed InvalidAddress")]
    [InlineData(MessageStatus.Failed, "550 5.1.1 no such user", "failed RelayRejected")]
    [InlineData(MessageStatus.Failed, "451 4.3.0 try again later", "failed RelayDeferred")]
    [InlineData(MessageStatus.Failed, "535 5.7.8 authentication failed", "failed AuthenticationRefused")]
    [InlineData(MessageStatus.Failed, "The relay mail.example refused the sign-in: 535 5.7.8 no", "failed AuthenticationRefused")]
    [InlineData(MessageStatus.Failed, "While connecting to 10.0.0.1: refused, 500 ms", "failed RelayUnreachable")]
    [InlineData(MessageStatus.Failed, "connection refused", "failed RelayUnreachable")]
    [InlineData(MessageStatus.Sending, null, "")]
    [InlineData(MessageStatus.Queued, null, "")]
    public void Is_one_of_three_and_nothing_while_it_is_on_its_way(MessageStatus status, string? reason, string outcome)
    {
        var come = Of(status, reason);

        Assert.Equal(
            outcome,
            come is null
                ? ""
                : string.Join(
                    ' ', new[] { come.Word, (come as EmitOutcome.Failed)?.Class, (come as EmitOutcome.Skipped)?.Reason }.OfType<string>()));
    }

    [Fact]
    public void Of_a_long_reply_the_beginning_is_kept() =>
        Assert.Equal(500, Assert.IsType<EmitOutcome.Failed>(Of(MessageStatus.Failed, new string('x', 10_000))).Message.Length);
}
