using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Sending;
using Xunit;

namespace Waybill.Engine.Specs.Routing;

/// <summary>The table of product.md §4 row by row, each row through the engine: taken in, claimed, handed over, settled.</summary>
public sealed class A_message_of_each_stream() : DatabaseContract(Provider.Sqlite)
{
    static readonly AttemptOutcome Unknown = new AttemptOutcome.Unknown("no reply to the final dot");

    [Theory]
    [InlineData("racketbook.receipts", "skipped_no_email", "no_email", null)]
    [InlineData("racketbook.notices", null, "there is no recipient", LogLevel.Information)]
    [InlineData("keysat.buyer", null, "there is no recipient", LogLevel.Debug)]
    [InlineData("keysat.operator", null, "there is no recipient; set WAYBILL_OPERATOR_EMAIL", LogLevel.Warning)]
    public async Task Without_a_recipient(string stream, string? status, string reason, LogLevel? line)
    {
        var standing = await Office.StandingAsync(To(stream));

        Assert.Equal((status, reason), (standing.Status?.Word(), standing.Reason));
        Assert.Equal(status is null ? 0 : 1, await Office.NumberAsync("SELECT count(*) FROM messages"));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
        Assert.Equal(
            line is { } level ? [(level, $"A message of the stream {stream} was not made: {reason}")] : [], Office.AcceptorLog.Lines);
    }

    [Theory]
    [InlineData("kyora.account")]
    [InlineData("kyora.billing")]
    [InlineData("waybill.accounts")]
    [InlineData("waybill.tests")]
    [InlineData("api")]
    public async Task Without_a_recipient_is_refused(string stream)
    {
        var refused = Assert.IsType<Acceptance.Refused>(await Office.Acceptor.AcceptAsync(
            Office.Tenant, Office.Key, [To("api", "ada@example.org"), To(stream)], key: null, _ => ""));

        Assert.Equal((1, $"A message of the stream {stream} needs a recipient."), (refused.Index, refused.Sentence));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM messages"));
    }

    [Theory]
    [InlineData("racketbook.receipts", "failed", "RelayNotConfigured: no relay is configured; set SMTP_HOST", LogLevel.Error)]
    [InlineData("racketbook.notices", null, "no relay is configured", LogLevel.Information)]
    [InlineData("keysat.buyer", "dropped_no_smtp", "no relay is configured; set SMTP_HOST", LogLevel.Warning)]
    [InlineData("keysat.operator", "dropped_no_smtp", "no relay is configured; set SMTP_HOST", LogLevel.Warning)]
    [InlineData("kyora.account", "sent", "250 ok", LogLevel.Debug)]
    [InlineData("kyora.billing", "sent", "250 ok", LogLevel.Debug)]
    [InlineData("waybill.accounts", "sent", "250 ok", LogLevel.Debug)]
    [InlineData("waybill.tests", "sent", "250 ok", LogLevel.Debug)]
    [InlineData("api", "sent", "250 ok", LogLevel.Debug)]
    public async Task Without_a_relay(string stream, string? status, string reason, LogLevel line)
    {
        var courier = new Courier(Office, isConfigured: false);
        var message = await Office.AcceptAsync(To(stream, "ada@example.org"));

        await courier.DeliverDueAsync();

        var found = await Office.Journal.FindAsync(Office.Tenant, message, None);
        Assert.Equal((status, status is null ? null : reason), (found?.Status.Word(), found?.Reason));
        Assert.Equal(status == "sent" ? 1 : 0, courier.Transport.Handed.Count);
        Assert.Contains(
            courier.Log.Lines, one => one.Level == line && (line == LogLevel.Debug || one.Line.Contains(reason, StringComparison.Ordinal)));
        if (status is null) await NothingIsKeptAsync();
    }

    [Theory]
    [InlineData("racketbook.receipts", "held", "OutcomeUnknown: no reply to the final dot")]
    [InlineData("racketbook.notices", "held", "no reply to the final dot")]
    [InlineData("waybill.tests", "held", "no reply to the final dot")]
    [InlineData("keysat.buyer", "sent", "250 ok")]
    [InlineData("keysat.operator", "sent", "250 ok")]
    [InlineData("kyora.account", "sent", "250 ok")]
    [InlineData("kyora.billing", "sent", "250 ok")]
    [InlineData("waybill.accounts", "sent", "250 ok")]
    [InlineData("api", "sent", "250 ok")]
    public async Task Whose_outcome_nobody_knows(string stream, string status, string reason)
    {
        var courier = new Courier(Office);
        courier.Transport.Then(Unknown);
        var message = await Office.AcceptAsync(To(stream, "ada@example.org"));

        await TimesAsync(courier, 2);

        var found = await Office.FindAsync(message);
        Assert.Equal((status, reason), (found.Status.Word(), found.Reason));
        Assert.Equal(status == "sent" ? 2 : 1, courier.Transport.Handed.Count);
        Assert.Single(courier.Transport.Handed.Select(one => Convert.ToHexString(one.Bytes)).Distinct()); // the same Message-ID
    }

    [Theory]
    [InlineData("racketbook.receipts", "failed", "RecipientSuppressed: on the suppression list (bounce)")]
    [InlineData("racketbook.notices", null, "every recipient is suppressed: on the suppression list (bounce)")]
    [InlineData("keysat.buyer", "failed", "RecipientSuppressed: on the suppression list (bounce)")]
    [InlineData("kyora.account", "suppressed", "on the suppression list (bounce)")]
    [InlineData("kyora.billing", "suppressed", "on the suppression list (bounce)")]
    [InlineData("waybill.accounts", "suppressed", "on the suppression list (bounce)")]
    [InlineData("api", "suppressed", "on the suppression list (bounce)")]
    public async Task To_a_suppressed_address(string stream, string? status, string reason)
    {
        await Office.SuppressAsync("ada@example.org");

        var standing = await Office.StandingAsync(To(stream, "Ada <ADA@Example.ORG>"));

        Assert.Equal((status, reason), (standing.Status?.Word(), standing.Reason));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
        if (status is null) await NothingIsKeptAsync();
        else Assert.Equal(("refused", "on the suppression list (bounce)"), One((await Office.FindAsync(standing.Id)).Recipients));
    }

    [Theory]
    [InlineData("racketbook.receipts", "failed", "RecipientSuppressed: on the suppression list (bounce)")]
    [InlineData("racketbook.notices", null, null)]
    [InlineData("keysat.buyer", "failed", "RecipientSuppressed: on the suppression list (bounce)")]
    [InlineData("kyora.account", "suppressed", "on the suppression list (bounce)")]
    [InlineData("api", "suppressed", "on the suppression list (bounce)")]
    public async Task To_an_address_that_was_suppressed_after_it_was_taken_in(string stream, string? status, string? reason)
    {
        var courier = new Courier(Office);
        var message = await Office.AcceptAsync(To(stream, "ada@example.org"));
        await Office.SuppressAsync("ada@example.org");

        await courier.DeliverDueAsync();

        var found = await Office.Journal.FindAsync(Office.Tenant, message, None);
        Assert.Equal((status, reason), (found?.Status.Word(), found?.Reason));
        Assert.Empty(courier.Transport.Handed);
        if (status is null) await NothingIsKeptAsync();
    }

    [Theory]
    [InlineData("keysat.operator")]
    [InlineData("waybill.tests")]
    public async Task To_a_suppressed_address_is_sent_anyway(string stream)
    {
        var courier = new Courier(Office);
        await Office.SuppressAsync("ada@example.org");

        var message = await Office.AcceptAsync(To(stream, "ada@example.org"));
        await courier.DeliverDueAsync();

        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(message)).Status);
        Assert.Single(courier.Transport.Handed);
    }

    [Theory]
    [InlineData("racketbook.receipts", 1)]
    [InlineData("racketbook.notices", 1)]
    [InlineData("waybill.tests", 1)]
    [InlineData("keysat.buyer", 3)]
    [InlineData("keysat.operator", 3)]
    [InlineData("kyora.account", 3)]
    [InlineData("kyora.billing", 3)]
    [InlineData("waybill.accounts", 3)]
    [InlineData("api", 9)]
    public async Task That_never_gets_through_fails_after_its_attempts(string stream, int attempts)
    {
        var courier = new Courier(Office);
        for (var i = 0; i < 10; i++) courier.Transport.Then(new AttemptOutcome.Deferred("450 later"));
        var message = await Office.AcceptAsync(To(stream, "ada@example.org"));

        await TimesAsync(courier, 10);

        var found = await Office.FindAsync(message);
        Assert.Equal((MessageStatus.Failed, "450 later"), (found.Status, found.Reason));
        Assert.Equal(attempts, courier.Transport.Handed.Count);
    }

    [Theory]
    [InlineData("racketbook.receipts", 1)]
    [InlineData("waybill.tests", 1)]
    [InlineData("racketbook.notices", 0)]
    [InlineData("keysat.buyer", 0)]
    [InlineData("kyora.account", 0)]
    [InlineData("api", 0)]
    public async Task At_the_cap_of_its_relay(string stream, int handedOver)
    {
        var courier = new Courier(Office, new RelayLimits { Daily = 1 });
        await Office.AcceptAsync();
        await courier.DeliverDueAsync();

        await Office.AcceptAsync(To(stream, "ada@example.org"));
        await courier.DeliverDueAsync();

        Assert.Equal(1 + handedOver, courier.Transport.Handed.Count);
        Assert.Equal(1 - handedOver, await Office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'queued' AND attempt = 0"));
    }

    [Fact]
    public async Task That_is_a_receipt_for_no_good_address_or_not_to_be_mailed_has_a_row_that_says_so()
    {
        var selfJob = await Office.StandingAsync(To("racketbook.receipts", "me@example.org") with { SkipReason = "self_job" });
        var malformed = await Office.StandingAsync(To("racketbook.receipts") with { UnusableRecipient = "ada at home" });

        Assert.Equal((MessageStatus.SkippedNoEmail, "self_job"), (selfJob.Status, selfJob.Reason));
        Assert.Equal((MessageStatus.Failed, "InvalidAddress: ada at home"), (malformed.Status, malformed.Reason));
        Assert.Equal("ada at home", (await Office.FindAsync(malformed.Id)).Recipients.Single().Address);
        Assert.Equal(["accepted", "skipped_no_email"], await Office.StepsAsync(selfJob.Id));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task Whose_book_is_off_waits_untouched()
    {
        var courier = new Courier(Office);
        await Office.AcceptAsync(To("keysat.buyer", "ada@example.org"));
        await Database.WriteAsync("spec", session => session.ExecuteAsync("UPDATE outbox SET stream = 'book.off'", _ => { }, None), None);

        await courier.DeliverDueAsync();

        Assert.Empty(courier.Transport.Handed);
        Assert.Equal(Noon.Instant.AddMinutes(10), await Office.Outbox.Queue.NextDueAsync(None));
        Assert.Contains(
            courier.Log.Lines, line => line.Level == LogLevel.Warning && line.Line.Contains("book.off", StringComparison.Ordinal));
    }

    static NewMessage To(string stream, params string[] recipients) => Letter.To(recipients) with { Stream = stream };

    static (string, string?) One(IReadOnlyList<Engine.Journal.RecipientRecord> recipients) =>
        (recipients.Single().Status, recipients.Single().Reply);

    async Task TimesAsync(Courier courier, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await courier.DeliverDueAsync();
            Office.Clock.Advance(TimeSpan.FromHours(10));
        }
    }

    async Task NothingIsKeptAsync()
    {
        foreach (var table in (string[])["messages", "outbox", "recipients", "snapshots", "timeline", "attempts"])
            Assert.Equal((table, 0L), (table, await Office.NumberAsync("SELECT count(*) FROM " + table)));
    }
}
