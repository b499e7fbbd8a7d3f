namespace Waybill.Bench.Measuring;

/// <summary>One turn: how many were done in how long, and what CPU time of the subject that took.</summary>
internal sealed record Turn(int Count, TimeSpan Took, TimeSpan Cpu = default)
{
    public double PerSecond => Count / Took.TotalSeconds;

    public double CpuPerThousand => Cpu.TotalSeconds * 1000 / Count;
}

/// <summary>Turns of a subject and of its anchor, taken alternately so that a slow phase of the machine meets both.</summary>
internal sealed record Rounds(IReadOnlyList<Turn> Subject, IReadOnlyList<Turn> Anchor)
{
    public double Rate => Median(Subject.Select(turn => turn.PerSecond));

    public double AnchorRate => Median(Anchor.Select(turn => turn.PerSecond));

    /// <summary>The median of the rounds' own ratios: neighbours in time are what can be compared.</summary>
    public double Ratio => Median(Subject.Zip(Anchor, (subject, anchor) => subject.PerSecond / anchor.PerSecond));

    public double Cpu => Median(Subject.Select(turn => turn.CpuPerThousand));

    public static async Task<Rounds> TakeAsync(int rounds, Func<Task<Turn>> subject, Func<Task<Turn>> anchor)
    {
        var (ours, theirs) = (new List<Turn>(), new List<Turn>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await subject());
            theirs.Add(await anchor());
            Progress.Tell($"{ours[^1].PerSecond,8:N0}/s beside {theirs[^1].PerSecond,8:N0}/s");
        }

        return new(ours, theirs);
    }

    /// <summary>The figures as cells of a table: ours, its range, the anchor's, the ratio.</summary>
    public string Cells() => Invariant($"{Rate:N0}/s ({Slowest:N0}–{Fastest:N0}) | {AnchorRate:N0}/s | {Ratio:0.00}");

    double Slowest => Subject.Min(turn => turn.PerSecond);

    double Fastest => Subject.Max(turn => turn.PerSecond);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
