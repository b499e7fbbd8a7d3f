using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Outbox;

public sealed class Ending_an_attempt_on_Sqlite() : Ending_an_attempt(Provider.Sqlite);

public sealed class Ending_an_attempt_on_Postgres() : Ending_an_attempt(Provider.Postgres);

public abstract class Ending_an_attempt(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task Opens_it_before_anything_is_handed_over()
    {
        var message = await Office.AcceptAsync();

        await Office.BeginOneAsync();

        var attempt = Assert.Single(await Office.Journal.AttemptsAsync(Office.Tenant, message, None));
        Assert.Equal(("relay", null, null), (attempt.Relay, attempt.Outcome, attempt.EndedAt));
        Assert.Equal(MessageStatus.Sending, (await Office.FindAsync(message)).Status);
        Assert.NotNull((await Office.Journal.FindSnapshotAsync(Office.Tenant, message, None))!.Composition);
    }

    [Fact]
    public async Task For_good_takes_the_row_away_and_records_all_that_was_said()
    {
        var message = await Office.AcceptAsync();
        var claim = await Office.BeginOneAsync();
        Office.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(await Office.Outbox.SettleAsync(Settling.AsSent(Office, claim)));

        var record = await Office.FindAsync(message);
        var attempt = Assert.Single(await Office.Journal.AttemptsAsync(Office.Tenant, message, None));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM outbox"));
        Assert.Equal((MessageStatus.Sent, "250 ok"), (record.Status, record.Reason));
        Assert.Equal(("accepted", "250 ok"), (Assert.Single(record.Recipients).Status, record.Recipients[0].Reply));
        Assert.Equal(("accepted", "250 ok", "S: the dialogue"), (attempt.Outcome, attempt.Reply, attempt.Dialogue));
        Assert.Equal(Noon.Instant.AddSeconds(3), attempt.EndedAt);
        Assert.Equal(["accepted", "attempt 1", "sent"], await Office.StepsAsync(message));
    }

    [Fact]
    public async Task With_a_retry_sets_when_and_the_how_manieth_comes_next()
    {
        var message = await Office.AcceptAsync();
        var claim = await Office.BeginOneAsync();

        Assert.True(await Office.Outbox.SettleAsync(Settling.ForRetry(Office, claim, TimeSpan.FromSeconds(33))));

        var record = await Office.FindAsync(message);
        Assert.Equal((MessageStatus.Queued, "450 later", true), (record.Status, record.Reason, record.WaitsForRetry));
        Assert.Equal("pending", Assert.Single(record.Recipients).Status);
        Office.Clock.Advance(TimeSpan.FromSeconds(32));
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await Office.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task By_handing_back_burns_no_attempt_and_closes_what_was_open()
    {
        var message = await Office.AcceptAsync();
        var claim = await Office.BeginOneAsync();

        Assert.True(await Office.Outbox.HandBackAsync(claim, TimeSpan.FromSeconds(5), None));

        Assert.Equal(MessageStatus.Queued, (await Office.FindAsync(message)).Status);
        Assert.NotNull(Assert.Single(await Office.Journal.AttemptsAsync(Office.Tenant, message, None)).EndedAt);
        Assert.Empty(await Office.Outbox.ClaimAsync(10, None));
        Office.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, (await Office.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Under_an_old_token_changes_nothing_and_says_so()
    {
        var message = await Office.AcceptAsync();
        var old = await Office.BeginOneAsync();
        await Office.Outbox.HandBackAsync(old, TimeSpan.Zero, None);
        var current = await Office.ClaimOneAsync();
        var before = await EverythingAsync(message);

        Assert.False(await Office.Outbox.BeginAsync(Office.Begun(old)));
        Assert.False(await Office.Outbox.SettleAsync(Settling.AsSent(Office, old)));
        Assert.False(await Office.Outbox.SettleAsync(Settling.ForRetry(Office, old, TimeSpan.FromHours(1))));
        Assert.False(await Office.Outbox.HandBackAsync(old, TimeSpan.FromHours(1), None));

        Assert.Equal(before, await EverythingAsync(message));
        Assert.True(await Office.Outbox.BeginAsync(Office.Begun(current)));
    }

    [Fact]
    public async Task Twice_is_told_to_the_second()
    {
        var message = await Office.AcceptAsync();
        var claim = await Office.BeginOneAsync();
        await Office.Outbox.SettleAsync(Settling.AsSent(Office, claim));
        var before = await EverythingAsync(message);

        Assert.False(await Office.Outbox.SettleAsync(Settling.AsFailed(Office, claim)));
        Assert.False(await Office.Outbox.HandBackAsync(claim, TimeSpan.Zero, None));

        Assert.Equal(before, await EverythingAsync(message));
    }

    [Fact]
    public async Task Of_many_at_once_tells_each_its_own()
    {
        await Office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org"), 60)]);
        var claims = await Office.Outbox.ClaimAsync(60, None);
        foreach (var lost in claims.Where((_, i) => i % 3 == 0)) await Office.Outbox.HandBackAsync(lost, TimeSpan.Zero, None);

        var begun = await Task.WhenAll(claims.Select(claim => Office.Outbox.BeginAsync(Office.Begun(claim))));
        var settled = await Task.WhenAll(claims.Select(claim => Office.Outbox.SettleAsync(Settling.AsSent(Office, claim))));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 3 != 0), begun);
        Assert.Equal(begun, settled);
        Assert.Equal(20, await Office.NumberAsync("SELECT count(*) FROM outbox"));
    }

    async Task<string> EverythingAsync(MessageId message)
    {
        var outbox = await Database.ReadAsync(
            session => session.QueryAsync(
                "SELECT state, due_at, attempt, token, begun, owner FROM outbox",
                _ => { },
                row => $"{row.Text(0)} {row.Instant(1):O} {row.Number(2)} {row.Number(3)} {row.Number(4)} {row.TextOrNull(5)}",
                None),
            None);
        var record = await Office.FindAsync(message);
        var attempts = await Office.Journal.AttemptsAsync(Office.Tenant, message, None);
        return string.Join(
            '\n',
            [.. outbox, $"{record.Status} {record.Reason} {record.Recipients[0]}", .. attempts.Select(a => a.ToString()),
                .. await Office.StepsAsync(message)]);
    }
}
