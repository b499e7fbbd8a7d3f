using System.Globalization;

namespace Waybill.Templates.Specs;

/// <summary>
/// Each ends as <see cref="Facing_a_hostile_template"/> says. <c>./test --long fuzz</c> goes on for an hour, or for WAYBILL_FUZZ_MINUTES;
/// WAYBILL_SEED repeats a run.
/// </summary>
public class Mutating_templates(ITestOutputHelper output)
{
    [Fact]
    public void Makes_none_that_is_late_large_or_a_crash() => Endure(new(seed: 20261122), (made, _) => made < 400);

    [Fact, Trait("Category", "Long"), Trait("Long", "fuzz")]
    public void Makes_none_that_is_late_large_or_a_crash_in_an_hour()
    {
        var seed = Setting("WAYBILL_SEED") ?? Random.Shared.Next();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        var end = TimeSpan.FromMinutes(Setting("WAYBILL_FUZZ_MINUTES") ?? 60);
        var (made, slowest, largest) = Endure(new(seed), (_, since) => since < end);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{made:N0} templates, the slowest {slowest.TotalMilliseconds:0} ms, the largest {largest / 1024.0 / 1024:0.0} MiB"));
    }

    static (int Made, TimeSpan Slowest, long Largest) Endure(Mutations mutations, Func<int, TimeSpan, bool> goesOn)
    {
        var (made, slowest, largest) = (0, TimeSpan.Zero, 0L);
        var began = TimeProvider.System.GetTimestamp();
        for (; goesOn(made, TimeProvider.System.GetElapsedTime(began)); made++)
        {
            var body = mutations.Next();
            var source = (made % 3) switch { 0 => Press.Html(body), 1 => Press.Html("x") with { Text = body }, _ => Press.Markdown(body) };
            var took = Endurance.Of($"Number {made}: {body[..Math.Min(body.Length, 2_000)]}", source);
            (slowest, largest) = (took.Time > slowest ? took.Time : slowest, Math.Max(largest, took.Memory));
        }

        return (made, slowest, largest);
    }

    static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
