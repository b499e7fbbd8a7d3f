using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;

namespace Waybill.Bench.Rows;

/// <summary>From exec to the first 200 of /readyz: on nothing (schema, keys), and again on the same data.</summary>
internal sealed class StartRow(Asked asked)
{
    public async Task<string> MeasureAsync()
    {
        var (first, again) = (new List<double>(), new List<double>());
        for (var round = 0; round < asked.Rounds; round++)
        {
            await using var database = await JournalDatabase.StartAsync(asked.IsPostgres);
            await using var server = await ServerUnderTest.StartAsync(database);
            first.Add(server.FirstStart.TotalSeconds);
            again.Add((await server.StartAgainAsync()).TotalSeconds);
            Progress.Tell($"{first[^1]:0.00} s, again {again[^1]:0.00} s");
        }

        var times =
            Invariant($"first {Rounds.Median(first):0.00} s, again {Rounds.Median(again):0.00} s ({again.Min():0.00}–{again.Max():0.00})");
        return $"| start to ready, {asked.Database} | {times} | – | – | {asked.Rounds} starts each |";
    }
}
