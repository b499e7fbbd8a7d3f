using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Kills;

public abstract class Surviving_kills
{
    private protected abstract Task<DatabaseUnderKills> DatabaseAsync();

    [Fact]
    public async Task Loses_nothing_at_any_step_and_repeats_only_what_was_in_flight()
    {
        var plan = Plan(KillPlan.AnySeed());

        var report = await KillRun.OfAsync(await DatabaseAsync(), plan);

        Assert.Equal(plan.Deaths.Count, report.Kills);
        Assert.True(Verdict.On(report) is [], $"WAYBILL_SEED={plan.Seed}: {string.Join('\n', Verdict.On(report).Take(20))}");
    }

    [Fact]
    public async Task Hands_each_message_over_once_when_nobody_kills()
    {
        var report = await KillRun.OfAsync(await DatabaseAsync(), new KillPlan(Seed: 0, PerSecond: 300, Deaths: []) { AtLeast = 300 });

        Assert.Empty(Verdict.On(report));
        Assert.Equal((0, 0, report.Acknowledged.Count), (report.Duplicates, report.Recoveries, report.Booked.Count));
    }

    static KillPlan Plan(int seed)
    {
        var chance = new Random(seed);
        var atMoments = Death.AtAnyMoment(2, TimeSpan.FromSeconds(1), chance);
        var deaths = Death.AtEachStep(times: 1, latest: 12, chance).Concat(atMoments).ToArray();
        chance.Shuffle(deaths);
        return new(seed, PerSecond: 40, deaths);
    }

    public sealed class Over_SQLite : Surviving_kills
    {
        private protected override Task<DatabaseUnderKills> DatabaseAsync() =>
            Task.FromResult<DatabaseUnderKills>(new DatabaseUnderKills.Sqlite());
    }

    public sealed class Over_PostgreSQL : Surviving_kills
    {
        private protected override async Task<DatabaseUnderKills> DatabaseAsync() =>
            await DatabaseUnderKills.Postgres.OnAsync(await PostgresServer.SharedAsync());
    }
}
