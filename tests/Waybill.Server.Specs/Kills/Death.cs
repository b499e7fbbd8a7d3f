namespace Waybill.Server.Specs.Kills;

/// <summary>How one life of the server ends by SIGKILL.</summary>
public abstract record Death
{
    private Death() { }

    /// <summary>Inside the n-th event of this name on "Waybill.Step".</summary>
    public sealed record AtStep(string Step, int Nth) : Death;

    /// <summary>This long after it was started, whatever it does then; it may not be ready yet.</summary>
    public sealed record AfterStart(TimeSpan Lived) : Death;

    /// <summary>This long after it said that it is ready.</summary>
    public sealed record AfterReady(TimeSpan Served) : Death;

    /// <summary>Every step that the server names.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "accept.before-commit", "accept.after-commit", "claim.after-commit", "begin.before-commit", "begin.after-commit",
        "smtp.before-dot", "smtp.after-dot", "smtp.replied", "settle.before-commit", "settle.after-commit",
    ];

    /// <summary>Each step <paramref name="times"/> times, at an event between the first and the given one.</summary>
    public static IEnumerable<Death> AtEachStep(int times, int latest, Random chance) =>
        from _ in Enumerable.Range(0, times) from step in Steps select new AtStep(step, chance.Next(1, latest + 1));

    /// <summary>At any moment of its start and its first seconds of service; every fourth is counted from the start.</summary>
    public static IEnumerable<Death> AtAnyMoment(int times, TimeSpan latest, Random chance) =>
        from n in Enumerable.Range(0, times)
        let moment = latest * chance.NextDouble()
        select n % 4 == 3 ? (Death)new AfterStart(moment) : new AfterReady(moment);
}
