using System.Text.Json;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Events;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>
/// Runs one handler once and records what came of it. Whatever a handler does, throw, hang or call the database when it is away, ends here.
/// </summary>
internal sealed partial class Handler(
    EventBus bus, Subscriptions subscriptions, EventTypes types, EventIntake intake, Units units, TimeProvider clock, ILogger<Handler> log)
{
    /// <summary>Another node may know a subscription that this one does not, or no longer.</summary>
    static readonly TimeSpan UnknownWait = TimeSpan.FromMinutes(1);

    static readonly TimeSpan StorageWait = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a handler that was told to stop may take to do so.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(Owed owed, CancellationToken stopping)
    {
        var claim = owed.Claim;
        if (!owed.Tenure.Holds) bus.Queue.LetGo([claim]); // this process was frozen: another has it by now
        else if (stopping.IsCancellationRequested) await HandBackAsync(claim, TimeSpan.Zero);
        else if (subscriptions.Find(claim.Subscription) is { } subscription) await HandleAsync(owed, subscription, stopping);
        else
        {
            LogUnknown(claim.Subscription);
            await HandBackAsync(claim, UnknownWait);
        }
    }

    async Task HandleAsync(Owed owed, Subscription subscription, CancellationToken stopping)
    {
        var handling = new Handling(owed.Event, owed.Claim, owed.Sealed is not null, units, clock);
        Steps.Reached("bus.handling");
        var (data, failure) = Open(owed);
        if (data is { } opened) failure = await RunAsync(opened, subscription, handling, stopping);
        if (handling.IsCommitted)
        {
            bus.Forget(owed.Claim);
            if (failure is not null) LogAfterwards(owed.Event.Id, subscription.Name, failure);
        }
        else if (failure is HandlingLostException)
        {
            bus.Queue.LetGo([owed.Claim]);
        }
        else if (failure is OperationCanceledException && stopping.IsCancellationRequested)
        {
            await HandBackAsync(owed.Claim, TimeSpan.Zero);
        }
        else if (failure is StorageException away and not UnitTooSlowException)
        {
            LogAway(away.Message); // that is not its fault, and burns no attempt; a unit that was too slow is
            await HandBackAsync(owed.Claim, StorageWait);
        }
        else
        {
            await SettleAsync(owed, Judge(owed, data, subscription, failure), stopping);
        }
    }

    (JsonElement? Data, Exception? Failure) Open(Owed owed)
    {
        try
        {
            return (owed.Open(intake.Seal), null);
        }
        catch (Exception unopened)
        {
            return (null, unopened);
        }
    }

    /// <summary>What the handler ended with; null when it succeeded.</summary>
    async Task<Exception?> RunAsync(JsonElement data, Subscription subscription, Handling handling, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var running = Task.Run(() => subscription.HandleAsync(data, handling, over.Token), CancellationToken.None);
            await WaitAsync(running, subscription.Policy.Limit, stopping);
            return null;
        }
        catch (TimeoutException late)
        {
            await over.CancelAsync();
            return late;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>A handler that hangs is left alone: what it commits after this is refused by the token.</summary>
    async Task WaitAsync(Task running, TimeSpan limit, CancellationToken stopping)
    {
        try
        {
            await running.WaitAsync(limit, clock, stopping);
        }
        catch (TimeoutException late) when (!running.IsCompleted)
        {
            throw new TimeoutException(FormattableString.Invariant($"The handling did not end within {limit.TotalSeconds:0.###} s."), late);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Farewell, clock, CancellationToken.None));
            if (!running.IsCompleted) throw;
            await running;
        }
    }

    HandlingEnd Judge(Owed owed, JsonElement? data, Subscription subscription, Exception? failure)
    {
        if (failure is null) return new HandlingEnd.Handled();
        var (attempt, words) = (owed.Claim.Attempt, Words(owed, data, failure));
        var wait = failure is UnreadableEventException ? null : subscription.Policy.WaitAfter(attempt, Random.Shared.NextDouble());
        if (wait is { } next)
        {
            LogFailed(owed.Event.Id, owed.Event.Type, subscription.Name, attempt, next, words);
            return new HandlingEnd.RetryAfter(next, words);
        }

        LogParked(owed.Event.Id, owed.Event.Type, subscription.Name, attempt, words);
        return new HandlingEnd.Parked(words);
    }

    /// <summary>The error's own words, but for secrets that it may repeat: it knows none of data that could not be opened.</summary>
    string Words(Owed owed, JsonElement? data, Exception failure)
    {
        var words = failure is UnreadableEventException or TimeoutException
            ? failure.Message
            : $"{failure.GetType().Name}: {failure.Message}";
        if (owed.Sealed is not null && data is { } opened && types.Find(owed.Event.Type) is { } type)
            words = SecretPaths.Scrub(words, opened, type.SecretPaths);
        return Reason.Of(words);
    }

    /// <summary>Insists until it is recorded: what was done must not be done again because the database was away for a moment.</summary>
    async Task SettleAsync(Owed owed, HandlingEnd end, CancellationToken stopping)
    {
        for (; ; )
        {
            try
            {
                await bus.SettleAsync(new(owed.Claim, end, owed.Sealed is not null, clock.GetUtcNow()));
                return;
            }
            catch (StorageException away) when (!stopping.IsCancellationRequested)
            {
                LogAway(away.Message);
                await Task.Delay(StorageWait, clock, CancellationToken.None);
            }
        }
    }

    public async Task HandBackAsync(DeliveryClaim claim, TimeSpan wait)
    {
        try
        {
            await bus.Queue.HandBackAsync([claim], wait, also: null, CancellationToken.None);
        }
        catch (StorageException away)
        {
            LogAway(away.Message);
            bus.Queue.LetGo([claim]); // its lease runs out, and a sweep takes it up
        }
    }

    [LoggerMessage(2801, LogLevel.Warning,
        "Event {Id} ({Type}): {Subscription} failed at attempt {Attempt} and tries again in {Wait}: {Reason}")]
    partial void LogFailed(EventKey id, string type, string subscription, int attempt, TimeSpan wait, string reason);

    [LoggerMessage(2802, LogLevel.Error, "Event {Id} ({Type}): {Subscription} failed at attempt {Attempt} and is parked: {Reason}")]
    partial void LogParked(EventKey id, string type, string subscription, int attempt, string reason);

    [LoggerMessage(2803, LogLevel.Warning, "Event {Id}: {Subscription} threw after it had committed; what it committed stays")]
    partial void LogAfterwards(EventKey id, string subscription, Exception failure);

    [LoggerMessage(2804, LogLevel.Warning, "The bus waits: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(2805, LogLevel.Warning, "An event waits for the subscription {Subscription}, which this program does not have")]
    partial void LogUnknown(string subscription);
}
