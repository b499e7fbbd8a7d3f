using Microsoft.Extensions.Logging;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Routing;

/// <summary>
/// The streams of this instance: what the engine and the books that are on bring along, with the operator's settings laid over it. A
/// change takes effect at once on the node that makes it, and on the others when they look next.
/// </summary>
public sealed partial class StreamTable(IDatabase database, IEnumerable<StreamPolicy> ofBooks, TimeProvider clock, ILogger<StreamTable> log)
{
    readonly IReadOnlyList<StreamPolicy> standards = [.. Streams.All.Concat(ofBooks)];
    readonly Lock gate = new();
    Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    long changes;

    /// <summary>All streams, the engine's first.</summary>
    public IReadOnlyList<StreamPolicy> All => [.. standards.Select(standard => Find(standard.Name))];

    /// <summary>The policy of a stream.</summary>
    /// <exception cref="KeyNotFoundException">No stream has this name.</exception>
    public StreamPolicy Find(string name) => TryFind(name) ?? throw new KeyNotFoundException($"There is no stream '{name}'.");

    /// <summary>The policy of a stream; null when no stream has this name, or its book is off.</summary>
    public StreamPolicy? TryFind(string name) =>
        Volatile.Read(ref entries).TryGetValue(name, out var entry) ? entry.Policy : FindStandard(name);

    /// <summary>A stream as it is when nothing is set; null when no stream has this name.</summary>
    public StreamPolicy? FindStandard(string name) => standards.FirstOrDefault(standard => standard.Name == name);

    /// <summary>What the operator set for a stream.</summary>
    public StreamSettings SettingsOf(string name) => Volatile.Read(ref entries).TryGetValue(name, out var entry) ? entry.Settings : new();

    /// <summary>Looks what is set, here or by another node.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var seen = Interlocked.Read(ref changes);
        var rows = await database.ReadAsync(session => StreamRows.ReadAsync(session, cancellationToken), cancellationToken);
        var fresh = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var (name, settings) in rows)
            if (FindStandard(name) is { } standard && Lay(settings, standard) is { } entry) fresh[name] = entry;
        lock (gate)
        {
            if (changes == seen) Volatile.Write(ref entries, fresh); // else what was read is older than what is known
        }
    }

    /// <summary>Changes the settings of a stream, all of them or, if they cannot be, none.</summary>
    public async Task<StreamChange> ChangeAsync(
        string name, Func<StreamSettings, StreamSettings> change, CancellationToken cancellationToken)
    {
        if (FindStandard(name) is not { } standard) return new StreamChange.Unknown();
        var now = clock.GetUtcNow();
        var (settings, problem) = await database.WriteAsync(
            "change stream",
            async session =>
            {
                var wanted = change(await StreamRows.HoldAsync(session, name, now));
                if (wanted.Problem(standard) is { } wrong) return (wanted, wrong);
                await StreamRows.WriteAsync(session, name, wanted);
                return (wanted, (string?)null);
            },
            cancellationToken);
        if (problem is not null) return new StreamChange.Refused(problem);
        lock (gate)
        {
            changes++;
            Volatile.Write(ref entries, new(entries, StringComparer.Ordinal) { [name] = new(settings, settings.Over(standard)) });
        }

        return new StreamChange.Changed(settings.Over(standard));
    }

    /// <summary>Settings that another version of Waybill allowed, and this one does not, are passed over until they are mended.</summary>
    Entry? Lay(StreamSettings settings, StreamPolicy standard)
    {
        if (settings.Problem(standard) is not { } problem) return new(settings, settings.Over(standard));
        LogUnusable(standard.Name, problem);
        return null;
    }

    sealed record Entry(StreamSettings Settings, StreamPolicy Policy);

    [LoggerMessage(2601, LogLevel.Warning, "The settings of the stream {Stream} cannot be used, its defaults hold: {Problem}")]
    partial void LogUnusable(string stream, string problem);
}

/// <summary>What a change of a stream's settings came to.</summary>
public abstract record StreamChange
{
    private StreamChange() { }

    /// <summary>It holds from now on.</summary>
    public sealed record Changed(StreamPolicy Policy) : StreamChange;

    /// <summary>It cannot be, for the reason that the sentence gives; nothing changed.</summary>
    public sealed record Refused(string Problem) : StreamChange;

    /// <summary>There is no such stream.</summary>
    public sealed record Unknown : StreamChange;
}
