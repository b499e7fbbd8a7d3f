using Microsoft.Extensions.Logging;
using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public sealed class A_relay_with_limits_on_Sqlite() : A_relay_with_limits(Provider.Sqlite);

public sealed class A_relay_with_limits_on_Postgres() : A_relay_with_limits(Provider.Postgres);

public abstract class A_relay_with_limits(Provider provider) : DatabaseContract(provider)
{
    static readonly DateTimeOffset Midnight = new(2026, 11, 13, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Warnings warnings = new();

    [Fact]
    public async Task Lets_mail_wait_for_the_next_day_once_the_daily_cap_is_reached()
    {
        var courier = With(daily: 5);
        await Office.AcceptManyAsync(7);

        await courier.DeliverDueAsync();

        Assert.Equal(5, courier.Transport.Handed.Count);
        Assert.Equal(Midnight, await Office.Outbox.Queue.NextDueAsync(None));
        Office.Clock.Advance(Midnight - Noon.Instant);
        Assert.Equal(2, await courier.DeliverDueAsync());
        Assert.Equal(7, courier.Transport.Handed.Count);
    }

    [Fact]
    public async Task Lets_mail_wait_for_the_next_month_once_the_monthly_cap_is_reached()
    {
        var courier = With(daily: 4, monthly: 6);
        await Office.AcceptManyAsync(4);
        await courier.DeliverDueAsync();
        Office.Clock.Advance(TimeSpan.FromDays(1));
        await Office.AcceptManyAsync(4);

        await courier.DeliverDueAsync();

        Assert.Equal(6, courier.Transport.Handed.Count);
        Assert.Equal(December, await Office.Outbox.Queue.NextDueAsync(None));
    }

    [Fact]
    public async Task Warns_once_when_four_fifths_are_used()
    {
        var courier = With(daily: 10);
        await Office.AcceptManyAsync(7);
        await courier.DeliverDueAsync();
        Assert.Empty(warnings.All);

        await Office.AcceptManyAsync(3);
        await courier.DeliverDueAsync();

        Assert.Contains("8 of 10 messages today", Assert.Single(warnings.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_once_a_day_though_places_are_given_back_and_taken_again()
    {
        var courier = With(daily: 5);
        for (var day = 0; day < 2; day++)
        {
            courier.Transport.Then(new AttemptOutcome.Accepted("250")).Then(new AttemptOutcome.Accepted("250"))
                .Then(new AttemptOutcome.Accepted("250"));
            for (var i = 0; i < 3; i++) courier.Transport.Then(new AttemptOutcome.Refused("550"));
            await Office.AcceptManyAsync(6);
            await courier.DeliverDueAsync();
            Office.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(2, warnings.All.Count);
        Assert.All(warnings.All, line => Assert.Contains("4 of 5 messages today", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hands_back_without_an_attempt_what_its_pace_would_have_wait_long()
    {
        var courier = With(daily: 100, perSecond: 0.1);
        await Office.AcceptManyAsync(3);

        await courier.DeliverDueAsync();

        Assert.Single(courier.Transport.Handed);
        Assert.Equal(1, await Office.NumberAsync("SELECT used FROM relay_usage"));
        Assert.Equal(Noon.Instant + TimeSpan.FromSeconds(10), await Office.Outbox.Queue.NextDueAsync(None));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM attempts"));
        Office.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await courier.DeliverDueAsync());
        Assert.Equal(2, courier.Transport.Handed.Count);
    }

    [Fact]
    public async Task Lets_what_finds_too_many_at_a_relay_that_hangs_wait_without_an_attempt_until_it_moves()
    {
        var courier = new Courier(Office, log: warnings, handOversAtOnce: 2);
        var hanging = new TaskCompletionSource();
        for (var i = 0; i < 2; i++)
        {
            courier.Transport.Then(async (parcel, _) =>
            {
                await hanging.Task;
                return ScriptedTransport.Report(parcel, new AttemptOutcome.Accepted("250"));
            });
        }

        await Office.AcceptManyAsync(4);
        var works = await courier.LoadAsync(await Office.Outbox.ClaimAsync(100, None));
        var all = works.Select(work => courier.Delivery.DeliverAsync(work, None)).ToArray();
        await Testing.Eventually.IsTrueAsync("both to hang", () => Task.FromResult(courier.Transport.Handed.Count == 2));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, await Office.NumberAsync("SELECT count(*) FROM attempts"));
        hanging.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(4, courier.Transport.Handed.Count);
        Assert.Equal(4, await Office.NumberAsync("SELECT count(*) FROM attempts"));
    }

    [Fact]
    public async Task Counts_only_what_the_relay_took_or_may_have_taken()
    {
        var courier = With(daily: 2);
        courier.Transport
            .Then(new AttemptOutcome.Refused("550")).Then(new AttemptOutcome.Deferred("450")).Then(new AttemptOutcome.Unknown("?"));
        await Office.AcceptManyAsync(4);

        await courier.DeliverDueAsync();

        Assert.Equal(4, courier.Transport.Handed.Count);
        Assert.Equal(2, await Office.NumberAsync("SELECT used FROM relay_usage"));
    }

    [Fact]
    public async Task Gives_a_place_back_to_the_day_on_which_it_was_taken()
    {
        var courier = With(daily: 100);
        Office.Clock.Advance(Midnight - Noon.Instant - TimeSpan.FromSeconds(1));
        courier.Transport.Then((parcel, _) =>
        {
            Office.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(ScriptedTransport.Report(parcel, new AttemptOutcome.Refused("550")));
        });
        await Office.AcceptManyAsync(2);

        await courier.DeliverDueAsync();

        Assert.Equal(0, await Office.NumberAsync("SELECT used FROM relay_usage WHERE day = '2026-11-12'"));
        Assert.Equal(1, await Office.NumberAsync("SELECT used FROM relay_usage WHERE day = '2026-11-13'"));
    }

    [Fact]
    public async Task Gives_the_place_back_when_it_is_stopped_while_it_waits_for_its_turn()
    {
        var courier = With(daily: 100, perSecond: 1);
        using var stop = new CancellationTokenSource();
        Assert.IsType<RelayAdmission.Granted>(await AdmitAsync(courier.Relay, stop.Token));
        var waiting = AdmitAsync(courier.Relay, stop.Token);
        await Testing.Eventually.IsTrueAsync(
            "the place to be taken", async () => await Office.NumberAsync("SELECT used FROM relay_usage") == 2);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, await Office.NumberAsync("SELECT used FROM relay_usage"));
    }

    [Fact]
    public async Task Never_gives_more_places_than_there_are_to_those_who_ask_at_once()
    {
        var relay = With(daily: 30).Relay;

        var admissions = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => Task.Run(() => AdmitAsync(relay, None))));

        Assert.Equal(30, admissions.OfType<RelayAdmission.Granted>().Count());
        Assert.Equal(30, await Office.NumberAsync("SELECT used FROM relay_usage"));
    }

    static Task<RelayAdmission> AdmitAsync(Relay relay, CancellationToken cancellationToken) =>
        relay.AdmitAsync(
            new(TenantId.Everybody, Engine.Relays.WellKnownRelays.Default, WaitsForRelay: true), AtCap.Wait, isInline: false,
            cancellationToken);

    Courier With(int? daily = null, int? monthly = null, double? perSecond = null) =>
        new(Office, new RelayLimits { Daily = daily, Monthly = monthly, PerSecond = perSecond }, warnings);

    sealed class Warnings : ILogger<Relay>
    {
        readonly List<string> lines = [];

        public IReadOnlyList<string> All => lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
