using Waybill.Engine.Bus;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Bus;

public sealed class Killing_a_node_that_handles_on_Sqlite() : Killing_a_node_that_handles(Provider.Sqlite);

public sealed class Killing_a_node_that_handles_on_Postgres() : Killing_a_node_that_handles(Provider.Postgres);

/// <summary>
/// Real processes (<c>tests/Waybill.HandlingNode</c>) die of SIGKILL while a handler runs, before its COMMIT and after it.
/// </summary>
public abstract class Killing_a_node_that_handles(Provider provider) : DatabaseContract(provider)
{
    const int Killed = 137;

    /// <summary>On PostgreSQL fewer, for there the leases of the dead have to run out.</summary>
    readonly int deaths = provider == Provider.Sqlite ? Deaths.Length : 3;

    static readonly string Node = Repository.PathOf("artifacts/bin/Waybill.HandlingNode/debug/Waybill.HandlingNode");

    static readonly (string Step, int After)[] Deaths =
    [
        ("bus.handling", 1), ("unit.before-commit", 40), ("unit.after-commit", 90), ("bus.handling", 200),
        ("unit.before-commit", 150), ("unit.after-commit", 30), ("unit.before-commit", 2),
    ];

    [Fact]
    public async Task Leaves_each_of_a_thousand_effects_once()
    {
        await Effects.CreateAsync(Database);
        await OweAsync();
        await Database.DisposeAsync(); // one process a file

        foreach (var (step, after) in Deaths.Take(deaths)) Assert.Equal(Killed, (await LiveAsync(KillHook.At(step, after))).ExitCode);
        var last = await LiveAsync(KillHook.Off);

        var effects = await Effects.ReadAsync(Office.OpenAgain());
        Assert.Equal((0, ""), (last.ExitCode, last.Complaints));
        Assert.Equal((1_000, 1_000), (effects.Count, effects.Distinct(StringComparer.Ordinal).Count()));
    }

    /// <summary>A hundred events of twenty subjects, each for ten handlers.</summary>
    async Task OweAsync()
    {
        var subscriptions = Enumerable.Range(0, 10)
            .Select(i => Subscription.To<OrderStrung>($"subscription {i}", (_, _, _) => Task.CompletedTask));
        await using var publisher = new Station(Office, subscriptions, clock: TimeProvider.System);
        await publisher.AcceptAsync([.. Enumerable.Range(0, 100).Select(i => Happening.Of($"{i}", subject: $"{i % 20}"))]);
    }

    Task<ProgramRun> LiveAsync(Dictionary<string, string> hook) => ProgramRun.OfAsync(
        Node, [Provider == Provider.Sqlite ? "sqlite" : "postgres", Office.Place], hook);
}
