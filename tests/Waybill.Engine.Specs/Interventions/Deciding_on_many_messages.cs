using Waybill.Engine.Audit;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Outbox;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Interventions;

public sealed class Deciding_on_many_messages_of_Sqlite() : Deciding_on_many_messages(Provider.Sqlite);

public sealed class Deciding_on_many_messages_of_Postgres() : Deciding_on_many_messages(Provider.Postgres);

public abstract class Deciding_on_many_messages(Provider provider) : DatabaseContract(provider)
{
    static readonly Actor Kim = new(null, "kim@example.org", "192.0.2.1");

    static readonly MessageFilter Everything = MessageFilter.Everything;

    AuditTrail Audit => new(Database, Office.Master, Office.Clock);

    [Fact]
    public async Task Counts_first_and_changes_nothing_by_counting()
    {
        var (held, failed) = (await HeldAsync(3), await FailedAsync(2));

        var forecast = await Desk().ForeseeAsync(Intervention.ReleaseToRetry, Office.Tenant, Everything, after: null, None);

        Assert.Equal((5, false, 3, false), (forecast.Matching, forecast.IsMatchingMore, forecast.Fitting, forecast.IsFittingMore));
        Assert.Equal(held, forecast.First.Select(message => message.Id));
        Assert.All(await StatusesAsync(held), status => Assert.Equal(MessageStatus.Held, status));
        Assert.All(await StatusesAsync(failed), status => Assert.Equal(MessageStatus.Failed, status));
    }

    [Theory]
    [InlineData(Intervention.ReleaseToRetry, MessageStatus.Queued)]
    [InlineData(Intervention.ReleaseAsSent, MessageStatus.Sent)]
    public async Task Releases_what_is_held_and_leaves_the_others(Intervention release, MessageStatus then)
    {
        var (held, failed) = (await HeldAsync(3), await FailedAsync(2));

        var report = await DoAsync(release, Everything);

        Assert.Equal(new MassReport(Done: 3, Stayed: 0, Left: 0, held[^1]), report);
        Assert.All(await StatusesAsync(held), status => Assert.Equal(then, status));
        Assert.All(await StatusesAsync(failed), status => Assert.Equal(MessageStatus.Failed, status));
        Assert.Equal(then == MessageStatus.Queued ? held : [], (await Office.Outbox.ClaimAsync(10, None)).Select(claim => claim.Message));
    }

    [Fact]
    public async Task Tries_again_what_failed_and_what_reached_some_only()
    {
        var (failed, sent) = (await FailedAsync(2), await SentAsync());
        var partly = await PartlySentAsync();

        var report = await DoAsync(Intervention.Retry, Everything);

        Assert.Equal(3, report.Done);
        Assert.All(await StatusesAsync([.. failed, partly]), status => Assert.Equal(MessageStatus.Queued, status));
        Assert.Equal([MessageStatus.Sent], await StatusesAsync([sent]));
        Assert.Equal(["accepted", "pending"], (await Office.FindAsync(partly)).Recipients.Select(recipient => recipient.Status));
    }

    [Fact]
    public async Task Cancels_what_was_not_tried_and_stops_what_waits_for_another_attempt()
    {
        var tried = await Office.AcceptAsync();
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, await Office.BeginOneAsync(), TimeSpan.FromMinutes(1)));
        var fresh = await Office.AcceptManyAsync(2);

        Assert.Equal(2, (await DoAsync(Intervention.Cancel, Everything)).Done);
        Assert.Equal(1, (await DoAsync(Intervention.Stop, Everything)).Done);

        Assert.Equal([MessageStatus.Canceled, MessageStatus.Canceled, MessageStatus.Failed], await StatusesAsync([.. fresh, tried]));
        Assert.Equal("no further attempt, by kim@example.org: 450 later", (await Office.FindAsync(tried)).Reason);
    }

    [Fact]
    public async Task Does_it_to_what_the_filter_means_and_to_nothing_else()
    {
        var ann = await HeldAsync(1, "ann@example.org");
        var bob = await HeldAsync(1, "bob@example.org");
        var before = Office.Clock.GetUtcNow().AddMilliseconds(1);
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await HeldAsync(1, "ann@example.org");

        var report = await DoAsync(Intervention.ReleaseAsSent, Everything with { To = "ann", Until = before });

        Assert.Equal(1, report.Done);
        Assert.Equal([MessageStatus.Sent, MessageStatus.Held, MessageStatus.Held], await StatusesAsync([.. ann, .. bob, .. later]));
    }

    [Fact]
    public async Task Does_nothing_where_no_status_of_the_filter_allows_it()
    {
        await HeldAsync(1);

        Assert.Equal(0, (await DoAsync(Intervention.ReleaseAsSent, Everything with { Statuses = [MessageStatus.Failed] })).Done);
        Assert.Equal(
            0, (await Desk()
                .ForeseeAsync(
                    Intervention.ReleaseAsSent, Office.Tenant, Everything with { Statuses = [MessageStatus.Failed] }, after: null,
                    None)).Fitting);
        Assert.Equal([Intervention.Retry], MassDesk.Offered(Everything with { Statuses = [MessageStatus.Failed] }));
    }

    [Fact]
    public async Task Does_it_once_when_it_is_asked_for_twice_and_at_once()
    {
        var held = await HeldAsync(4);

        var reports = await Task.WhenAll(DoAsync(Intervention.ReleaseToRetry, Everything), DoAsync(Intervention.ReleaseAsSent, Everything));
        var again = await DoAsync(Intervention.ReleaseToRetry, Everything);

        Assert.Equal((4, 0), (reports.Sum(report => report.Done), again.Done));
        Assert.Equal(4, (await Task.WhenAll(held.Select(Office.StepsAsync))).Sum(steps => steps.Count(step => step == "released")));
    }

    [Fact]
    public async Task Does_so_many_at_once_and_goes_on_behind_them()
    {
        var held = await HeldAsync(5);
        var desk = Desk(mostAtOnce: 2);

        var forecast = await desk.ForeseeAsync(Intervention.ReleaseAsSent, Office.Tenant, Everything, after: null, None);
        Assert.Equal((2, true), (forecast.Fitting, forecast.IsFittingMore));
        var first = await desk.DoAsync(Intervention.ReleaseAsSent, Office.Tenant, Everything, "", Kim, after: null, None);
        Assert.Equal(new MassReport(Done: 2, Stayed: 0, Left: 3, held[1]), first);
        var second = await desk.DoAsync(Intervention.ReleaseAsSent, Office.Tenant, Everything, "", Kim, first.Last, None);
        var third = await desk.DoAsync(Intervention.ReleaseAsSent, Office.Tenant, Everything, "", Kim, second.Last, None);

        Assert.Equal(new MassReport(Done: 1, Stayed: 0, Left: 0, held[4]), third);
        Assert.All(await StatusesAsync(held), status => Assert.Equal(MessageStatus.Sent, status));
    }

    [Fact]
    public async Task Goes_through_more_than_one_unit_of_work()
    {
        var letters = Enumerable.Range(0, 250).Select(n => Letter.To($"person{n}@example.org")).ToList();
        await Office.AcceptAsync(letters);

        Assert.Equal(
            (250, 0, 0),
            await DoAsync(Intervention.Cancel, Everything) is var report ? (report.Done, report.Stayed, report.Left) : default);
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Passes_over_what_is_under_way()
    {
        var waits = await Office.AcceptManyAsync(2);
        await Office.Outbox.ClaimAsync(1, None);

        Assert.Equal(1, (await DoAsync(Intervention.Cancel, Everything)).Done);

        Assert.Equal(MessageStatus.Canceled, (await Office.FindAsync(waits[1])).Status);
    }

    [Fact]
    public async Task Sees_no_message_of_another_tenant()
    {
        var (other, held) = (await Office.TenantAsync("other"), await HeldAsync(2));

        Assert.Equal(0, (await DoAsync(Intervention.ReleaseAsSent, Everything, other)).Done);
        Assert.Equal(0, (await Desk().ForeseeAsync(Intervention.ReleaseAsSent, other, Everything, after: null, None)).Matching);
        Assert.All(await StatusesAsync(held), status => Assert.Equal(MessageStatus.Held, status));
    }

    [Fact]
    public async Task Is_in_the_audit_once_with_the_search_and_the_count_and_not_at_all_when_nothing_changed()
    {
        await HeldAsync(3);
        await DoAsync(Intervention.ReleaseAsSent, Everything);
        await DoAsync(Intervention.ReleaseAsSent, Everything);

        var entry = Assert.Single(await Audit.ListAsync(Office.Tenant, new AuditFilter(Act: "messages"), 10, None));
        Assert.Equal(
            ("messages.release-as-sent", "kim@example.org", "3 messages · as it was typed"), (entry.Act, entry.Who.Name, entry.What));
    }

    [Fact]
    public async Task Is_noted_as_far_as_it_went_when_who_asked_goes_away()
    {
        await Office.AcceptAsync([.. Enumerable.Range(0, 150).Select(n => Letter.To($"person{n}@example.org"))]);
        using var gone = new CancellationTokenSource();
        Office.Wakeup.Signalled += gone.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Desk().DoAsync(Intervention.Cancel, Office.Tenant, Everything, "to:person", Kim, after: null, gone.Token));

        Assert.Equal(
            "100 messages · to:person",
            Assert.Single(await Audit.ListAsync(Office.Tenant, new AuditFilter(Act: "messages"), 10, None)).What);
    }

    MassDesk Desk(int mostAtOnce = 10_000) =>
        new(Database, new MessageSearch(Database), Audit, Office.Wakeup, Office.Clock) { MostAtOnce = mostAtOnce };

    Task<MassReport> DoAsync(Intervention intervention, MessageFilter filter, TenantId? tenant = null) =>
        Desk().DoAsync(intervention, tenant ?? Office.Tenant, filter, "as it was typed", Kim, after: null, None);

    async Task<MessageId[]> HeldAsync(int count, string to = "ada@example.org") => await SettledAsync(
        count, to,
        claim => Settled(
            claim, new Dictionary<int, AttemptOutcome> { [0] = new AttemptOutcome.Unknown("it broke") }, MessageStatus.Held,
            new AttemptOutcome.Unknown("it broke")));

    Task<MessageId[]> FailedAsync(int count) => SettledAsync(count, "ada@example.org", claim => Settling.AsFailed(Office, claim));

    async Task<MessageId> SentAsync() => (await SettledAsync(1, "ada@example.org", claim => Settling.AsSent(Office, claim)))[0];

    async Task<MessageId> PartlySentAsync()
    {
        var message = await Office.AcceptAsync(Letter.To("ann@example.org", "bob@example.org"));
        var outcomes = new Dictionary<int, AttemptOutcome>
        {
            [0] = new AttemptOutcome.Accepted("250 ok"),
            [1] = new AttemptOutcome.Refused("550 no")
        };
        await Office.Outbox.SettleAsync(
            Settled(await Office.BeginOneAsync(), outcomes, MessageStatus.Sent, new AttemptOutcome.Accepted("250 ok")));
        return message;
    }

    async Task<MessageId[]> SettledAsync(int count, string to, Func<Claim, Settlement> settle)
    {
        var messages = new MessageId[count];
        for (var i = 0; i < count; i++)
        {
            messages[i] = await Office.AcceptAsync(Letter.To(to));
            await Office.Outbox.SettleAsync(settle(await Office.BeginOneAsync()));
        }

        return messages;
    }

    Settlement Settled(Claim claim, Dictionary<int, AttemptOutcome> outcomes, MessageStatus status, AttemptOutcome last) =>
        new(claim, Office.Clock.GetUtcNow(), outcomes, new Disposition.Settled(status, "it broke"), last, Dialogue: null);

    async Task<MessageStatus[]> StatusesAsync(IEnumerable<MessageId> messages)
    {
        List<MessageStatus> statuses = [];
        foreach (var message in messages) statuses.Add((await Office.FindAsync(message)).Status);
        return [.. statuses];
    }
}
