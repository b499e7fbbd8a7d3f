using Waybill.Engine.Audit;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Xunit;

namespace Waybill.Engine.Specs.Interventions;

public sealed class Deciding_on_a_message_of_Sqlite() : Deciding_on_a_message(Provider.Sqlite);

public sealed class Deciding_on_a_message_of_Postgres() : Deciding_on_a_message(Provider.Postgres);

public abstract class Deciding_on_a_message(Provider provider) : DatabaseContract(provider)
{
    static readonly Actor Kim = new(null, "kim@example.org", "192.0.2.1");

    MessageDesk Desk => new(Database, Office.Intake, new AuditTrail(Database, Office.Master, Office.Clock), Office.Wakeup, Office.Clock);

    [Fact]
    public async Task Tries_again_what_failed_under_a_new_token_with_the_same_bytes()
    {
        var message = await FailedAsync();
        Assert.Equal(new InterventionOutcome.Done(message), await DoAsync(Intervention.Retry, message));

        Later();
        var claim = await Office.ClaimOneAsync();
        Assert.Equal((1, 2L), (claim.Attempt, claim.Token));
        Assert.Equal("pending", (await Office.FindAsync(message)).Recipients[0].Status);
        await Office.Outbox.BeginAsync(Office.Begun(claim));
        Later();
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, claim));

        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(message)).Status);
        Assert.Equal(["accepted", "attempt 1", "failed", "retried", "attempt 2", "sent"], await Office.StepsAsync(message));
    }

    [Fact]
    public async Task Tries_again_only_those_who_did_not_get_it()
    {
        var message = await HalfSentAsync();

        await DoAsync(Intervention.Retry, message);

        Assert.Equal(["accepted", "pending"], (await Office.FindAsync(message)).Recipients.Select(recipient => recipient.Status));
    }

    [Fact]
    public async Task Lets_nobody_cancel_what_some_have_received_though_it_waits_anew()
    {
        var (halfSent, held) = (await HalfSentAsync(), await HeldAsync());
        await DoAsync(Intervention.Retry, halfSent);
        await DoAsync(Intervention.ReleaseToRetry, held);

        foreach (var message in (MessageId[])[halfSent, held])
        {
            Assert.False(await Office.Outbox.CancelAsync(Office.Tenant, message, None));
            Assert.Equal(new InterventionOutcome.NotNow(MessageStatus.Queued), await DoAsync(Intervention.Cancel, message));
        }

        await DoAsync(Intervention.Stop, halfSent);
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(halfSent)).Status);
    }

    [Theory]
    [InlineData(Intervention.ReleaseAsSent, MessageStatus.Sent)]
    [InlineData(Intervention.ReleaseToRetry, MessageStatus.Queued)]
    public async Task Releases_what_is_held_either_way_and_once(Intervention release, MessageStatus then)
    {
        var message = await HeldAsync();
        Assert.Equal(new InterventionOutcome.Done(message), await DoAsync(release, message));
        Assert.Equal(new InterventionOutcome.NotNow(then), await DoAsync(release, message));

        Assert.Equal(then, (await Office.FindAsync(message)).Status);
        Assert.Equal(then == MessageStatus.Queued ? 1 : 0, (await Office.Outbox.ClaimAsync(10, None)).Count);
        Assert.Contains("released", await Office.StepsAsync(message));
    }

    [Fact]
    public async Task Lets_one_of_two_who_release_at_once_do_it()
    {
        var message = await HeldAsync();

        var outcomes = await Task.WhenAll(DoAsync(Intervention.ReleaseToRetry, message), DoAsync(Intervention.ReleaseAsSent, message));

        Assert.Single(outcomes, outcome => outcome is InterventionOutcome.Done);
        Assert.Single(outcomes, outcome => outcome is InterventionOutcome.NotNow);
    }

    [Fact]
    public async Task Cancels_before_the_first_attempt_and_stops_after_it()
    {
        var (fresh, tried) = (await Office.AcceptAsync(Letter.To("ann@example.org") with { ScheduledAt = Noon.Instant.AddDays(1) }),
            await Office.AcceptAsync());
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, await Office.BeginOneAsync(), TimeSpan.FromMinutes(1)));

        Assert.IsType<InterventionOutcome.NotNow>(await DoAsync(Intervention.Cancel, tried));
        Assert.IsType<InterventionOutcome.NotNow>(await DoAsync(Intervention.Stop, fresh));
        await DoAsync(Intervention.Cancel, fresh);
        await DoAsync(Intervention.Stop, tried);

        Assert.Equal(
            (MessageStatus.Canceled, MessageStatus.Failed),
            ((await Office.FindAsync(fresh)).Status, (await Office.FindAsync(tried)).Status));
        Assert.Equal("no further attempt, by kim@example.org: 450 later", (await Office.FindAsync(tried)).Reason);
        Office.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Changes_nothing_that_is_under_way()
    {
        var message = await Office.AcceptAsync();
        await Office.BeginOneAsync();

        foreach (var intervention in Enum.GetValues<Intervention>().Except([Intervention.Resend]))
            Assert.Equal(new InterventionOutcome.NotNow(MessageStatus.Sending), await DoAsync(intervention, message));
    }

    [Fact]
    public async Task Resends_as_a_new_message_that_says_the_same_to_the_same_people()
    {
        var hash = await Office.Content.StoreAsync(new byte[3], None);
        var message = await Office.AcceptAsync(Letter.To("Ann <ann@example.org>", "bob@example.org") with
        {
            Html = "<p>Thank you.</p>",
            Headers = [new("X-Order", "118"), new("List-Unsubscribe", "<https://example.org/u>")],
            Tags = [new("order", "118")],
            Attachments = [new NewAttachment("a.txt", "text/plain", ContentId: null, hash, Size: 3)],
        });

        var again = Assert.IsType<InterventionOutcome.Done>(await DoAsync(Intervention.Resend, message)).Message;

        Assert.NotEqual(message, again);
        var (first, second) = (await SnapshotAsync(message), await SnapshotAsync(again));
        Assert.Equal(
            (first.Inputs.Subject, first.Inputs.Html, first.Inputs.Text), (second.Inputs.Subject, second.Inputs.Html, second.Inputs.Text));
        Assert.Equal(first.Inputs.To, second.Inputs.To);
        Assert.Equal(first.Attachments[0].Hash, second.Attachments[0].Hash);
        Assert.Equal(["X-Order"], second.Inputs.Headers.Select(header => header.Name));
        Assert.Equal((await Office.FindAsync(message)).Tags, (await Office.FindAsync(again)).Tags);
        Assert.Contains("resent", await Office.StepsAsync(message));
        Assert.Contains("resend", await Office.StepsAsync(again));
    }

    [Fact]
    public async Task Sees_no_message_of_another_tenant()
    {
        var (other, message) = (await Office.TenantAsync("other"), await FailedAsync());

        foreach (var intervention in Enum.GetValues<Intervention>())
            Assert.IsType<InterventionOutcome.Missing>(await Desk.DoAsync(intervention, other, message, Kim, None));
        Assert.Equal(MessageStatus.Failed, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Is_in_the_audit_when_it_was_done_and_only_then()
    {
        var message = await FailedAsync();
        await DoAsync(Intervention.Retry, message);
        await DoAsync(Intervention.Retry, message);

        var entry =
            Assert.Single(
                await new AuditTrail(Database, Office.Master, Office.Clock).ListAsync(
                    Office.Tenant, new AuditFilter(Act: "messages"), 10, None));
        Assert.Equal(("messages.retry", "kim@example.org"), (entry.Act, entry.Who.Name));
        Assert.Contains(message.ToString(), entry.What, StringComparison.Ordinal);
    }

    async Task<MessageId> FailedAsync()
    {
        var message = await Office.AcceptAsync();
        Later();
        var claim = await Office.BeginOneAsync();
        Later();
        await Office.Outbox.SettleAsync(Settling.AsFailed(Office, claim));
        Later();
        return message;
    }

    /// <summary>One of two has it.</summary>
    async Task<MessageId> HalfSentAsync()
    {
        var message = await Office.AcceptAsync(Letter.To("ann@example.org", "bob@example.org"));
        await Office.Outbox.SettleAsync(new(
            await Office.BeginOneAsync(), Office.Clock.GetUtcNow(),
            new Dictionary<int, AttemptOutcome> { [0] = new AttemptOutcome.Accepted("250 ok"), [1] = new AttemptOutcome.Refused("550 no") },
            new Disposition.Settled(MessageStatus.Sent, "1 of 2 recipients without it: 550 no"), new AttemptOutcome.Accepted("250 ok"),
            Dialogue: null));
        return message;
    }

    async Task<MessageId> HeldAsync()
    {
        var message = await Office.AcceptAsync();
        var unknown = new AttemptOutcome.Unknown("the connection broke");
        await Office.Outbox.SettleAsync(new(
            await Office.BeginOneAsync(), Office.Clock.GetUtcNow(), new Dictionary<int, AttemptOutcome> { [0] = unknown },
            new Disposition.Settled(MessageStatus.Held, unknown.Reply), unknown, Dialogue: null));
        return message;
    }

    /// <summary>Each step has its instant, so that the timeline has them in order.</summary>
    void Later() => Office.Clock.Advance(TimeSpan.FromSeconds(1));

    async Task<Snapshot> SnapshotAsync(MessageId message) => (await Office.Journal.FindSnapshotAsync(Office.Tenant, message, None))!;

    Task<InterventionOutcome> DoAsync(Intervention intervention, MessageId message) =>
        Desk.DoAsync(intervention, Office.Tenant, message, Kim, None);
}
