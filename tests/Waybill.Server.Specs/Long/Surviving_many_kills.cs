using Waybill.Server.Specs.Kills;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Long;

/// <summary>The long form of <see cref="Surviving_kills"/>: 50 deaths at any moment and two at each step, under a stream of mail.</summary>
[Trait("Category", "Long")]
[Trait("Long", "kills")]
public sealed class Surviving_many_kills
{
    [Fact]
    public Task Over_SQLite_loses_nothing_and_repeats_only_what_was_in_flight() => SurviveAsync(new DatabaseUnderKills.Sqlite());

    [Fact]
    public async Task Over_PostgreSQL_loses_nothing_and_repeats_only_what_was_in_flight()
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        await SurviveAsync(await DatabaseUnderKills.Postgres.OnAsync(postgres));
    }

    [Fact]
    public async Task Without_kills_everything_is_handed_over_once()
    {
        var plan = new KillPlan(KillPlan.AnySeed(), PerSecond: 350, Deaths: []) { AtLeast = 20_000 };

        var report = await KillRun.OfAsync(new DatabaseUnderKills.Sqlite(), plan);

        Assert.Empty(Verdict.On(report));
        Assert.Equal(0, report.Duplicates);
    }

    static async Task SurviveAsync(DatabaseUnderKills database)
    {
        var plan = Plan(KillPlan.AnySeed());

        var report = await KillRun.OfAsync(database, plan);

        Assert.Equal(plan.Deaths.Count, report.Kills);
        Assert.True(Verdict.On(report) is [], $"WAYBILL_SEED={plan.Seed}: {string.Join('\n', Verdict.On(report).Take(50))}");
    }

    static KillPlan Plan(int seed)
    {
        var chance = new Random(seed);
        var atMoments = Death.AtAnyMoment(50, TimeSpan.FromSeconds(6), chance);
        var deaths = Death.AtEachStep(times: 2, latest: 25, chance).Concat(atMoments).ToArray();
        chance.Shuffle(deaths);
        return new(seed, PerSecond: 350, deaths) { Patience = TimeSpan.FromMinutes(15) };
    }
}
