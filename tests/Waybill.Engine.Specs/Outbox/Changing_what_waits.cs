using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Changing_what_waits_on_Sqlite() : Changing_what_waits(Provider.Sqlite);

public sealed class Changing_what_waits_on_Postgres() : Changing_what_waits(Provider.Postgres);

public abstract class Changing_what_waits(Provider provider) : DatabaseContract(provider)
{
    static readonly DateTimeOffset Evening = Noon.Instant.AddHours(6);

    [Fact]
    public async Task Moves_a_scheduled_message()
    {
        var message = await ScheduleAsync();

        Assert.True(await Office.Outbox.RescheduleAsync(Office.Tenant, message, Noon.Instant.AddMinutes(5), None));

        Assert.Equal(Noon.Instant.AddMinutes(5), (await Office.FindAsync(message)).ScheduledAt);
        Assert.Equal(Noon.Instant.AddMinutes(5), await Office.Outbox.Queue.NextDueAsync(None));
        Assert.Equal(["accepted", "rescheduled"], (await Office.StepsAsync(message)).Order());
    }

    [Fact]
    public async Task Moves_nothing_that_waits_for_no_hour_of_its_sender()
    {
        var queued = await Office.AcceptAsync();
        var claimed = await ScheduleAsync();
        Office.Clock.Advance(TimeSpan.FromHours(6));
        var claims = await Office.Outbox.ClaimAsync(10, None);
        await Office.Outbox.HandBackAsync(claims.Single(claim => claim.Message == queued), TimeSpan.FromHours(1), None);

        Assert.False(await Office.Outbox.RescheduleAsync(Office.Tenant, queued, Evening.AddDays(1), None));
        Assert.False(await Office.Outbox.RescheduleAsync(Office.Tenant, claimed, Evening.AddDays(1), None));
        Assert.DoesNotContain("rescheduled", await Office.StepsAsync(claimed));
    }

    [Fact]
    public async Task Cancels_what_nobody_has_tried()
    {
        var (queued, scheduled) = (await Office.AcceptAsync(), await ScheduleAsync());

        Assert.True(await Office.Outbox.CancelAsync(Office.Tenant, queued, None));
        Assert.True(await Office.Outbox.CancelAsync(Office.Tenant, scheduled, None));
        Assert.False(await Office.Outbox.CancelAsync(Office.Tenant, scheduled, None));

        Assert.Equal(MessageStatus.Canceled, (await Office.FindAsync(queued)).Status);
        Assert.Contains("canceled", await Office.StepsAsync(scheduled));
        Office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Cancels_nothing_that_is_under_way_was_tried_or_is_over()
    {
        var underWay = await Office.AcceptAsync();
        var claim = await Office.ClaimOneAsync();
        Assert.False(await Office.Outbox.CancelAsync(Office.Tenant, underWay, None));

        await Office.Outbox.BeginAsync(Office.Begun(claim));
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, claim, TimeSpan.FromMinutes(1)));
        Assert.False(await Office.Outbox.CancelAsync(Office.Tenant, underWay, None));

        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, await Office.ClaimOneAsync()));
        Assert.False(await Office.Outbox.CancelAsync(Office.Tenant, underWay, None));
        Assert.Equal(MessageStatus.Sent, (await Office.FindAsync(underWay)).Status);
    }

    [Fact]
    public async Task Changes_nothing_of_another_tenant()
    {
        var other = await Office.TenantAsync("other");
        var message = await ScheduleAsync();

        Assert.False(await Office.Outbox.CancelAsync(other, message, None));
        Assert.False(await Office.Outbox.RescheduleAsync(other, message, Evening.AddDays(1), None));
        Assert.Equal(
            (MessageStatus.Scheduled, Evening),
            ((await Office.FindAsync(message)).Status, (await Office.FindAsync(message)).ScheduledAt!.Value));
    }

    [Fact]
    public async Task Mends_waits_after_a_clock_that_went_back_and_leaves_what_senders_asked_for()
    {
        var retried = await Office.AcceptAsync();
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, await Office.BeginOneAsync(), TimeSpan.FromMinutes(10)));
        var fresh = await Office.AcceptAsync();
        await ScheduleAsync();
        Office.Clock.Advance(TimeSpan.FromHours(-2));

        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
        Assert.Equal(2, await Office.Outbox.Queue.CatchUpAsync(None));
        Assert.Equal(0, await Office.Outbox.Queue.CatchUpAsync(None));

        Assert.Equal(fresh, (await Office.ClaimOneAsync()).Message);
        Office.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(retried, (await Office.ClaimOneAsync()).Message);
        Assert.Equal(Evening, await Office.Outbox.Queue.NextDueAsync(None));
    }

    [Fact]
    public async Task Has_nothing_to_mend_while_the_clock_goes_on()
    {
        await Office.AcceptAsync();
        await Office.Outbox.SettleAsync(Settling.ForRetry(Office, await Office.BeginOneAsync(), TimeSpan.FromMinutes(10)));
        Office.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await Office.Outbox.Queue.CatchUpAsync(None));
    }

    Task<MessageId> ScheduleAsync() => Office.AcceptAsync(Letter.To("ada@example.org") with { ScheduledAt = Evening });
}
