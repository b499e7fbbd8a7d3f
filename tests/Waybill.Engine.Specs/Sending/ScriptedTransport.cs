using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Routing;

namespace Waybill.Engine.Specs.Sending;

/// <summary>What was handed over once: to whom, and which bytes.</summary>
internal sealed record Handed(IReadOnlyList<string> Recipients, byte[] Bytes);

/// <summary>A relay in memory that answers as it is told, and remembers what it was given. Untold, it accepts.</summary>
internal sealed class ScriptedTransport : ITransport
{
    readonly Lock gate = new();
    readonly Queue<Func<Parcel, CancellationToken, Task<HandOverReport>>> script = [];
    readonly List<Handed> handed = [];

    public string Name => "scripted";

    public string Sentence => "Mail goes to a script.";

    public IReadOnlyList<Handed> Handed { get { lock (gate) return [.. handed]; } }

    /// <summary>The next hand-over ends so, recipient by recipient as in the parcel; the last word is for all that follow.</summary>
    public ScriptedTransport Then(params AttemptOutcome[] outcomes) => Then((parcel, _) => Task.FromResult(Report(parcel, outcomes)));

    /// <summary>The next so many do not reach it.</summary>
    public ScriptedTransport ThenUnreached(int times)
    {
        var gone = new AttemptOutcome.Deferred("connection refused") { Cause = Deferral.Network };
        for (var i = 0; i < times; i++) Then((parcel, _) => Task.FromResult(Report(parcel, gone) with { Unreached = gone.Reply }));
        return this;
    }

    public ScriptedTransport ThenThrow(Exception defect) => Then((_, _) => Task.FromException<HandOverReport>(defect));

    public ScriptedTransport Then(Func<Parcel, CancellationToken, Task<HandOverReport>> act)
    {
        lock (gate) script.Enqueue(act);
        return this;
    }

    public async Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await foreach (var piece in parcel.Content.Read(cancellationToken)) bytes.Write(piece.Span);
        Func<Parcel, CancellationToken, Task<HandOverReport>>? act;
        lock (gate)
        {
            handed.Add(new([.. parcel.Recipients.Select(recipient => recipient.Address.ToString())], bytes.ToArray()));
            script.TryDequeue(out act);
        }

        return act is null ? Report(parcel, [new AttemptOutcome.Accepted("250 ok")]) : await act(parcel, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A report of these outcomes, in the order of the parcel.</summary>
    public static HandOverReport Report(Parcel parcel, params AttemptOutcome[] outcomes) => new(
        parcel.Recipients.Select((recipient, i) => (recipient.Position, Outcome: outcomes[Math.Min(i, outcomes.Length - 1)]))
            .ToDictionary(row => row.Position, row => row.Outcome),
        "S: 250");
}
