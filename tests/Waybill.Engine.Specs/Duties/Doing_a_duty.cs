using Microsoft.Extensions.Logging;
using Waybill.Engine.Duties;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Duties;

public sealed class Doing_a_duty_on_Sqlite() : Doing_a_duty(Provider.Sqlite)
{
    [Fact]
    public async Task Takes_over_at_once_what_the_process_before_left_for_it_was_the_only_one()
    {
        var before = Node("before", Never);
        await BegunAsync(before);

        await Node("now").LookAsync(None);

        Assert.Equal(["now"], did);
    }
}

public sealed class Doing_a_duty_on_Postgres() : Doing_a_duty(Provider.Postgres)
{
    [Fact]
    public async Task Is_taken_over_from_a_node_that_died_once_its_term_is_over()
    {
        var dead = Node("dead", Never);
        await BegunAsync(dead); // its beat goes with its clock, which stands still
        var alive = Node("alive");

        await alive.LookAsync(None);
        Assert.Empty(did);
        await PassAsync(DutyTerms.Lease, but: 0);
        await alive.LookAsync(None);

        Assert.Equal(["alive"], did);
    }

    [Fact]
    public async Task Ends_before_the_next_term_begins_where_a_write_is_under_way()
    {
        var (writing, go, end) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Node("slow", async (database, _) =>
        {
            await database.WriteAsync(
                "slow",
                async session =>
                {
                    writing.SetResult();
                    await go.Task;
                    return await session.ExecuteAsync("UPDATE tenants SET name = 'slow'", _ => { }, None);
                },
                None);
            await end.Task;
        });
        var run = slow.LookAsync(None);
        await writing.Task;
        await PassAsync(2 * DutyTerms.Lease, but: 0);

        var claim = Node("next").LookAsync(None);
        while (await Office.NumberAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            Assert.Empty(did); // it waits for that transaction
        go.SetResult();
        await claim;
        end.SetResult();
        await run;

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM tenants WHERE name = 'slow'"));
        Assert.Equal(["next"], did);
    }
}

public abstract class Doing_a_duty(Provider provider) : DatabaseContract(provider)
{
    static readonly TimeSpan Hourly = TimeSpan.FromHours(1);

    private protected readonly List<string> did = [];
    readonly KeptLog<DutyRunner> log = new();
    readonly List<ManualClock> clocks = [];
    readonly List<IDatabase> databases = [];

    private protected TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Is_done_at_once_and_then_at_its_times()
    {
        var node = Node("here");

        Assert.Equal(TimeSpan.FromMinutes(5), await node.LookAsync(None)); // at the longest, for clocks jump
        await PassAsync(Hourly - TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await node.LookAsync(None));
        Assert.Single(did);
        await PassAsync(TimeSpan.FromSeconds(1));
        await node.LookAsync(None);

        Assert.Equal(2, did.Count);
    }

    [Fact]
    public async Task Is_made_up_once_however_many_times_were_missed()
    {
        await Node("before").LookAsync(None);
        await PassAsync(TimeSpan.FromDays(3));

        var after = Node("after");
        await after.LookAsync(None);
        await after.LookAsync(None);

        Assert.Equal(["before", "after"], did);
    }

    [Fact]
    public async Task Is_done_by_one_node_under_a_term_and_by_each_without_one()
    {
        foreach (var isUnderTerm in (bool[])[true, false])
        {
            foreach (var name in (string[])["a", "b"])
                await Node(name, underTerm: isUnderTerm, called: $"alone-{isUnderTerm}".ToLowerInvariant()).LookAsync(None);
        }

        Assert.Equal(["a", "a", "b"], did);
    }

    [Fact]
    public async Task Runs_again_when_the_clock_went_back_by_more_than_an_interval()
    {
        var node = Node("here");
        await node.LookAsync(None);
        await Database.WriteAsync(
            "a clock that went back since",
            session => session.ExecuteAsync("UPDATE duty_terms SET due_at = $1", p => p.Instant(Noon.Instant.AddDays(2)), None), None);

        await node.LookAsync(None);

        Assert.Equal(2, did.Count);
    }

    [Fact]
    public async Task Changes_nothing_any_more_once_another_has_the_next_term()
    {
        var (paused, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var old = Node("old", async (database, _) =>
        {
            await RenameAsync(database, "in its term");
            paused.SetResult();
            await go.Task;
            await RenameAsync(database, "after its term");
        });
        var run = old.LookAsync(None);
        await paused.Task;
        await PassAsync(2 * DutyTerms.Lease, but: 0); // the paused node's clock stands still with it
        await Node("new", (database, _) => RenameAsync(database, "by the next")).LookAsync(None);

        go.SetResult();
        await run;

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM tenants WHERE name = 'by the next'"));
        Assert.Equal(2, await Office.NumberAsync("SELECT term FROM duty_terms"));
    }

    [Fact]
    public async Task That_throws_is_told_of_once_and_runs_again_at_its_next_time()
    {
        var fails = true;
        var node = Node("here", (_, _) =>
        {
            did.Add("tried");
            return fails ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        });

        await node.LookAsync(None);
        await PassAsync(Hourly);
        await node.LookAsync(None);

        Assert.Equal(2, did.Count);
        var told = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("specs.duty", told.Line, StringComparison.Ordinal);
        var standing = await StandingAsync(node);
        Assert.True(standing.IsFailing);
        Assert.Equal(("InvalidOperationException: broken", Noon.Instant + Hourly), (standing.Error, standing.FailedAt));
        Assert.Equal((Noon.Instant + Hourly, Noon.Instant + (2 * Hourly)), (standing.LastRun, standing.NextRun));

        fails = false;
        await PassAsync(Hourly);
        await node.LookAsync(None);

        Assert.False((await StandingAsync(node)).IsFailing);
        Assert.Equal("InvalidOperationException: broken", (await StandingAsync(node)).Error); // the last one, with its time
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task That_never_ends_is_cancelled_at_its_limit_and_not_begun_again_before_it_has_ended(bool isUnderTerm)
    {
        var (go, refused) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        var cancelled = false;
        var node = Node(
            "here",
            async (database, cancellation) =>
            {
                Begun.TrySetResult();
                await go.Task; // it does not listen
                cancelled = cancellation.IsCancellationRequested;
                refused.TrySetResult(await Record.ExceptionAsync(() => RenameAsync(database, "too late")));
            },
            isUnderTerm);
        var run = node.LookAsync(None);
        await Begun.Task;
        while (!run.IsCompleted) await PassAsync(TimeSpan.FromSeconds(5));

        await run;
        var standing = await StandingAsync(node);
        Assert.True(standing.IsOverdue);
        Assert.Contains("longer than", standing.Error, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        await PassAsync(Hourly);
        await node.LookAsync(None);
        Assert.Equal(standing.LastRun, (await StandingAsync(node)).LastRun); // not begun again here

        go.SetResult();
        Assert.Equal(isUnderTerm, await refused.Task is TermLostException);
        Assert.True(cancelled);
    }

    [Fact]
    public async Task That_never_ends_on_one_node_is_done_by_another_at_its_next_time()
    {
        var stuck = Node("stuck", Never);
        var run = await BegunAsync(stuck);
        while (!run.IsCompleted) await PassAsync(TimeSpan.FromSeconds(5));

        await PassAsync(Hourly);
        await Node("other").LookAsync(None);

        Assert.Equal(["other"], did);
    }

    [Fact]
    public async Task That_a_stop_interrupts_is_due_still()
    {
        using var stop = new CancellationTokenSource();
        var node = Node("stopped", (_, cancellation) =>
        {
            Begun.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        });
        var run = node.LookAsync(stop.Token);
        await Begun.Task;
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => run);

        await Node("next").LookAsync(None);

        Assert.Equal(["next"], did);
    }

    [Fact]
    public async Task Goes_on_after_the_database_gave_up_on_its_own()
    {
        var asked = 0;
        var flaky =
            new FlakyDatabase(
                Database)
            { BeforeRead = () => Interlocked.Increment(ref asked) == 1 ? new TaskCanceledException("given up") : null };
        using var runner = new DutyRunner(
            [new Duty("specs.duty", Hourly, (_, _) => Task.FromResult(Begun.TrySetResult()), UnderTerm: true)], flaky, "here", Office.Clock,
            log);

        await runner.StartAsync(None);
        await Eventually.IsTrueAsync("the duty", async () =>
        {
            await PassAsync(TimeSpan.FromSeconds(5));
            return Begun.Task.IsCompleted;
        });

        await runner.StopAsync(None);
    }

    [Fact]
    public async Task Is_cancelled_at_its_limit_also_where_its_term_could_not_be_renewed()
    {
        var flaky =
            new FlakyDatabase(Database) { BeforeWrite = name => name == "renew duty" ? new InvalidOperationException("read-only") : null };
        var cancelled = new TaskCompletionSource();
        var duty = new Duty("specs.duty", Hourly, UntilCancelledAsync, UnderTerm: true);
        var node = new DutyTurn(duty, new DutyTerms(flaky, "here", Office.Clock), flaky, Office.Clock, log);
        var run = node.LookAsync(None);
        await Begun.Task;
        while (!run.IsCompleted) await PassAsync(TimeSpan.FromSeconds(5));

        await run;
        await cancelled.Task.WaitAsync(TimeSpan.FromMinutes(1));

        async Task UntilCancelledAsync(IDatabase database, CancellationToken cancellationToken)
        {
            using var told = cancellationToken.Register(() => cancelled.TrySetResult());
            Begun.SetResult();
            await cancelled.Task;
        }
    }

    [Theory]
    [InlineData("Two words", 1, "lower-case letters")]
    [InlineData("", 1, "1 to 60 characters")]
    [InlineData("specs.never", 0, "must be longer than nothing")]
    public void That_is_none_stops_the_start_by_name(string name, int seconds, string sentence)
    {
        var refused =
            Assert.Throws<ArgumentException>(() => Runner(new Duty(name, TimeSpan.FromSeconds(seconds), Nothing, UnderTerm: true)));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_is_there_twice_stops_the_start_by_name()
    {
        var duty = new Duty("specs.twice", Hourly, Nothing, UnderTerm: true);

        Assert.Contains(
            "'specs.twice' is registered twice", Assert.Throws<ArgumentException>(() => Runner(duty, duty)).Message,
            StringComparison.Ordinal);
    }

    static Task Nothing(IDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;

    DutyRunner Runner(params Duty[] duties)
    {
        var runner = new DutyRunner(duties, Database, "here", Office.Clock, log);
        return runner;
    }

    static Task RenameAsync(IDatabase database, string name) => database.WriteAsync(
        "rename", session => session.ExecuteAsync("UPDATE tenants SET name = $1", p => p.Text(name), None), None);

    /// <summary>Work that does not end and does not listen.</summary>
    private protected Task Never(IDatabase database, CancellationToken cancellationToken)
    {
        Begun.TrySetResult();
        return new TaskCompletionSource().Task;
    }

    private protected async Task<Task> BegunAsync(DutyTurn node)
    {
        var run = node.LookAsync(None);
        await Begun.Task;
        return run;
    }

    static async Task<DutyStanding> StandingAsync(DutyTurn node) => DutyStanding.Of(node.Duty, await node.FindAsync(None), node.IsOverdue);

    /// <summary>Time passes on every node; <paramref name="but"/> on one.</summary>
    private protected async Task PassAsync(TimeSpan time, int? but = null)
    {
        Office.Clock.Advance(time);
        foreach (var (i, clock) in clocks.Index())
            if (i != but) clock.Advance(time);
        await Task.Yield();
    }

    /// <summary>The duty as a node has it, with a clock of its own and, on PostgreSQL, connections of its own.</summary>
    private protected DutyTurn Node(
        string name, Func<IDatabase, CancellationToken, Task>? work = null, bool underTerm = true, string called = "specs.duty")
    {
        var clock = new ManualClock(Office.Clock.GetUtcNow());
        clocks.Add(clock);
        var database = Database.Writers > 1 ? Office.OpenAgain() : Database;
        if (database != Database) databases.Add(database);
        work ??= (_, _) =>
        {
            did.Add(name);
            return Task.CompletedTask;
        };
        return new(new Duty(called, Hourly, work, underTerm), new DutyTerms(database, name, clock), database, clock, log);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in databases) await database.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A database that fails as it is told to.</summary>
    sealed class FlakyDatabase(IDatabase database) : IDatabase
    {
        public Func<Exception?> BeforeRead { get; init; } = () => null;

        public Func<string, Exception?> BeforeWrite { get; init; } = _ => null;

        public string Provider => database.Provider;

        public int Writers => database.Writers;

        public Task<T> WriteAsync<T>(string name, Func<Session, ValueTask<T>> unit, CancellationToken cancellationToken) =>
            BeforeWrite(name) is { } failure ? Task.FromException<T>(failure) : database.WriteAsync(name, unit, cancellationToken);

        public Task<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken) =>
            BeforeRead() is { } failure ? Task.FromException<T>(failure) : database.ReadAsync(read, cancellationToken);

        public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken) => database.GetTimeAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
