using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class Handing_over_within_the_call_on_Sqlite() : Handing_over_within_the_call(Provider.Sqlite);

public sealed class Handing_over_within_the_call_on_Postgres() : Handing_over_within_the_call(Provider.Postgres);

public abstract class Handing_over_within_the_call(Provider provider) : DatabaseContract(provider)
{
    static readonly NewMessage Receipt = Letter.To("ada@example.org") with { Stream = "racketbook.receipts" };

    Courier Courier => field ??= new(Office);

    [Fact]
    public async Task Tells_the_caller_how_it_ended()
    {
        Courier.Transport.Then(new AttemptOutcome.Accepted("250 queued as 17")).Then(new AttemptOutcome.Refused("550 no such user"));
        using var worker = await StartAsync();

        var sent = await Office.StandingAsync(Receipt);
        var failed = await Office.StandingAsync(Receipt);

        Assert.Equal((MessageStatus.Sent, "250 queued as 17"), (sent.Status, sent.Reason));
        Assert.Equal((MessageStatus.Failed, "550 no such user"), (failed.Status, failed.Reason));
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(sent.Id)).Status);
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Makes_no_second_attempt()
    {
        Courier.Transport.Then(new AttemptOutcome.Deferred("450 later"));
        using var worker = await StartAsync();

        var standing = await Office.StandingAsync(Receipt);

        Assert.Equal((MessageStatus.Failed, "450 later"), (standing.Status, standing.Reason));
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Makes_one_more_at_once_where_the_flag_is_set_and_the_relay_was_not_reached()
    {
        await Office.Streams.ChangeAsync("racketbook.receipts", settings => settings with { RetryOnceOnConnectionFault = true }, None);
        for (var i = 0; i < 3; i++) Courier.Transport.Then(new AttemptOutcome.Deferred("connection refused") { Cause = Deferral.Network });
        var message = await Office.AcceptAsync(Receipt);

        Assert.Equal(1, await Courier.DeliverDueAsync());
        Assert.Equal(1, await Courier.DeliverDueAsync());

        Assert.Equal(0, await Courier.DeliverDueAsync());
        Assert.Equal(MessageStatus.Failed, (await Office.FindAsync(message)).Status);
    }

    [Fact]
    public async Task Lets_the_caller_go_after_thirty_seconds_and_goes_on_to_its_own_end()
    {
        var (begun, answer) = (new TaskCompletionSource(), new TaskCompletionSource<HandOverReport>());
        Courier.Transport.Then((parcel, _) =>
        {
            begun.SetResult();
            return AnswerAsync(parcel, answer);
        });
        using var worker = await StartAsync();

        var waiting = Office.StandingAsync(Receipt);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Office.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        await Office.Outbox.Queue.RenewAsync(None);
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        var standing = await waiting;

        Assert.Equal(MessageStatus.Sending, standing.Status);
        Assert.Contains("has not answered for 30 s", standing.Reason, StringComparison.Ordinal);
        answer.SetResult(null!);
        await Eventually.IsTrueAsync(
            "the receipt to be sent", async () => (await Office.FindAsync(standing.Id)).Status == MessageStatus.Sent);
        Assert.Single(Courier.Transport.Handed);
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task That_a_crash_kept_from_beginning_is_made_up_for_at_the_next_start()
    {
        Office.Lane.Open(); // and nobody hands over: as if the process died right after the COMMIT
        var abandoned = Office.AcceptAsync(Receipt);
        await Eventually.IsTrueAsync(
            "it to be accepted", async () => await Office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'sending'") == 1);

        Assert.Empty(await Office.Outbox.ClaimAsync(10, None)); // born claimed
        var next = Office.Node("the next process");
        Assert.Empty(await next.SweepAsync(everyOther: true, None));

        Assert.Equal(1, Assert.Single(await next.ClaimAsync(10, None)).Attempt);
        Assert.False(abandoned.IsCompleted);
    }

    [Fact]
    public async Task That_a_crash_interrupted_is_held_because_its_outcome_is_unknown()
    {
        var begun = new TaskCompletionSource();
        Courier.Transport.Then((_, _) =>
        {
            begun.SetResult();
            return new TaskCompletionSource<HandOverReport>().Task;
        });
        using var worker = await StartAsync();
        _ = Office.AcceptAsync(Receipt);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));

        var lost = await Office.Node("the next process").SweepAsync(everyOther: true, None);
        await Courier.Delivery.SettleLostAsync(Assert.Single(await Courier.LoadAsync(lost)));

        var (page, _) = await Office.Journal.ListAsync(Office.Tenant, 10, null, null, None);
        var message = Assert.Single(page);
        Assert.Equal(MessageStatus.Held, message.Status);
        Assert.StartsWith("OutcomeUnknown: Waybill was stopped", message.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_no_error_when_nobody_hands_over_any_more_and_the_database_is_away()
    {
        var message = await Office.AcceptAsync();
        var database = new TroubledDatabase(Office.Database);
        var outbox = new Engine.Outbox.MessageOutbox(database, "a node that stops", Office.Clock);
        var claim = Assert.Single(await outbox.ClaimAsync(1, None));
        var lane = new Engine.Outbox.InlineLane(outbox, Office.Clock);
        lane.Close();
        database.WritesFail = true;

        var standing = await lane.HandOverAsync(claim, Office.Clock.GetTimestamp());

        Assert.Equal((message, MessageStatus.Queued), (standing.Id, standing.Status));
        Assert.Empty(await Office.Node("the next process").SweepAsync(everyOther: true, None));
        Assert.Equal(message, (await Office.ClaimOneAsync()).Message);
    }

    [Fact]
    public async Task Waits_its_turn_where_nobody_hands_over()
    {
        var standing = await Office.StandingAsync(Receipt);

        Assert.Equal(MessageStatus.Queued, standing.Status);
        Assert.Equal(1, await Courier.DeliverDueAsync());
    }

    [Fact]
    public async Task Of_a_message_for_later_is_none()
    {
        using var worker = await StartAsync();

        var standing = await Office.StandingAsync(Receipt with { ScheduledAt = Noon.Instant.AddHours(1) });

        Assert.Equal(MessageStatus.Scheduled, standing.Status);
        Assert.Empty(Courier.Transport.Handed);
        await worker.StopAsync(None);
    }

    async Task<Engine.Sending.DeliveryWorker> StartAsync()
    {
        var worker = Courier.Worker();
        await worker.StartAsync(None);
        return worker;
    }

    static async Task<HandOverReport> AnswerAsync(Parcel parcel, TaskCompletionSource<HandOverReport> answer)
    {
        await answer.Task;
        return ScriptedTransport.Report(parcel, new AttemptOutcome.Accepted("250 ok"));
    }
}
