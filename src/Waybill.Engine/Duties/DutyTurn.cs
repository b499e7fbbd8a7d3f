using Microsoft.Extensions.Logging;
using Waybill.Engine.Counting;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Duties;

/// <summary>
/// One duty on this node. A run that throws is told of once and the next time comes as ever. A run that takes longer than its limit is
/// cancelled and loses its term; this node begins no other before it has ended, another node may.
/// </summary>
sealed partial class DutyTurn(Duty duty, DutyTerms terms, IDatabase database, TimeProvider clock, ILogger log)
{
    const int LongestError = 500;

    static readonly TimeSpan Beat = DutyTerms.Lease / 4;

    /// <summary>Also after a wait of hours: clocks jump.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long a stop waits for work that was cancelled.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>The run under way, and the one that was given up and has not ended.</summary>
    Task running = Task.CompletedTask;
    volatile bool isOverdue;

    /// <summary>What this node knows of a duty that every node does for itself.</summary>
    volatile DutyRow own = new(null, null, null, null, clock.GetUtcNow(), null, null);
    string? told;

    /// <summary>The duty.</summary>
    public Duty Duty => duty;

    /// <summary>Whether a run was given up on this node and has not ended.</summary>
    public bool IsOverdue => isOverdue && !running.IsCompleted;

    /// <summary>What is known of it; null: it never ran.</summary>
    public async Task<DutyRow?> FindAsync(CancellationToken cancellationToken) =>
        duty.UnderTerm ? await terms.FindAsync(duty.Name, cancellationToken) : own;

    /// <summary>Does the duty if it is due; gives how long to wait until the next look.</summary>
    /// <exception cref="StorageException">Whether it is due cannot be known, or that it was done cannot be written.</exception>
    public async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        if (!running.IsCompleted) return Beat;
        if (duty.UnderTerm) await DoUnderTermAsync(stopping);
        else await DoAsync(stopping);
        return Wait(await FindAsync(stopping));
    }

    async Task DoUnderTermAsync(CancellationToken stopping)
    {
        if (!terms.IsToDo(duty, await terms.FindAsync(duty.Name, stopping)) || await terms.ClaimAsync(duty, stopping) is not { } term)
            return;
        var end = await RunAsync(new FencedDatabase(database, terms, term), term, stopping);
        if (end is RunEnd.Stopped) await terms.GiveBackAsync(term);
        else await terms.EndAsync(term, duty.Interval, Error(end));
        Tell(end);
    }

    async Task DoAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (own.DueAt > now && own.DueAt <= now + duty.Interval) return;
        own = own with { StartedAt = now, DueAt = now + duty.Interval };
        var end = await RunAsync(database, term: null, stopping);
        if (end is RunEnd.Stopped) return;
        var ended = own with { EndedAt = clock.GetUtcNow() };
        own = Error(end) is { } error ? ended with { Error = error, FailedAt = ended.EndedAt } : ended;
        Tell(end);
    }

    async Task<RunEnd> RunAsync(IDatabase door, DutyTerm? term, CancellationToken stopping)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var begun = clock.GetTimestamp();
        var beat = BeatAsync(duty.Limit, stopping);
        isOverdue = false;
        var work = Task.Run(() => duty.Work(door, cut.Token), CancellationToken.None);
        running = work;
        while (await Task.WhenAny(work, beat) != work)
        {
            if (stopping.IsCancellationRequested) return await PartAsync(work);
            var left = duty.Limit - clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return await GiveUpAsync(new RunEnd.TooLong(duty.Limit), work, cut);
            if (term is not null && !await IsOursAsync(term)) return await GiveUpAsync(new RunEnd.TermLost(), work, cut);
            beat = BeatAsync(left, stopping);
        }

        return await EndAsync(work, stopping);
    }

    Task BeatAsync(TimeSpan left, CancellationToken stopping) => Task.Delay(left < Beat ? left : Beat, clock, stopping);

    /// <summary>While the database is away, or takes no writes, nobody can have taken the term; each write asks again.</summary>
    async Task<bool> IsOursAsync(DutyTerm term)
    {
        try
        {
            return await terms.RenewAsync(term, CancellationToken.None);
        }
        catch (Exception)
        {
            return true; // also what is no outage: the run would go on with nobody who cancels it
        }
    }

    async Task<RunEnd> PartAsync(Task work)
    {
        await Task.WhenAny(work, Task.Delay(Farewell, clock, CancellationToken.None));
        Forget(work);
        return new RunEnd.Stopped();
    }

    async Task<RunEnd> GiveUpAsync(RunEnd end, Task work, CancellationTokenSource cut)
    {
        isOverdue = true;
        await cut.CancelAsync();
        Forget(work);
        return end;
    }

    /// <summary>Why it ended is known by then; how it fails afterwards is nobody's.</summary>
    static void Forget(Task work) =>
        _ =
            work.ContinueWith(
                ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    static async Task<RunEnd> EndAsync(Task work, CancellationToken stopping)
    {
        try
        {
            await work;
            return new RunEnd.Done();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new RunEnd.Stopped();
        }
        catch (TermLostException)
        {
            return new RunEnd.TermLost();
        }
        catch (Exception failed)
        {
            return new RunEnd.Failed(failed);
        }
    }

    static string? Error(RunEnd end) => end switch
    {
        RunEnd.Failed(StorageException away) => Short(away.Message),
        RunEnd.Failed(var failed) => Short($"{failed.GetType().Name}: {failed.Message}"),
        RunEnd.TooLong(var limit) => $"It took longer than {limit} and was cancelled.",
        RunEnd.TermLost => "Another node took it over.",
        _ => null,
    };

    static string Short(string text) => text.Length <= LongestError ? text : text[..LongestError];

    /// <summary>The same trouble is told of once, until a run goes well.</summary>
    void Tell(RunEnd end)
    {
        Instruments.Duties.Add(1, Instruments.Tag("duty", duty.Name), Instruments.Tag("outcome", end.Word));
        var error = Error(end);
        if (error == told) return;
        told = error;
        switch (end)
        {
            case RunEnd.Done: LogGoesOn(duty.Name); break;
            case RunEnd.Failed(StorageException): LogWaits(duty.Name, error!); break;
            case RunEnd.Failed(var defect): LogFailed(duty.Name, defect); break;
            case RunEnd.TooLong or RunEnd.TermLost: LogGivenUp(duty.Name, error!); break;
        }
    }

    TimeSpan Wait(DutyRow? row)
    {
        if (row?.Node is not null) return Beat; // held by another: it ends, or dies
        var wait = (row?.DueAt ?? default) - clock.GetUtcNow();
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>How a run ended.</summary>
    abstract record RunEnd(string Word)
    {
        public sealed record Done() : RunEnd("done");

        public sealed record Failed(Exception Why) : RunEnd("failed");

        public sealed record TooLong(TimeSpan Limit) : RunEnd("too_long");

        public sealed record TermLost() : RunEnd("term_lost");

        public sealed record Stopped() : RunEnd("stopped");
    }

    [LoggerMessage(2511, LogLevel.Error, "The duty {Name} failed; it runs again at its next time")]
    partial void LogFailed(string name, Exception defect);

    [LoggerMessage(2512, LogLevel.Warning, "The duty {Name} waits: {Reason}")]
    partial void LogWaits(string name, string reason);

    [LoggerMessage(2513, LogLevel.Error, "The duty {Name} was given up: {Reason}")]
    partial void LogGivenUp(string name, string reason);

    [LoggerMessage(2514, LogLevel.Information, "The duty {Name} runs well again")]
    partial void LogGoesOn(string name);
}
