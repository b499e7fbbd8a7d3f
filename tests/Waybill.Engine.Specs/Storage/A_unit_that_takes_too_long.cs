using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class A_unit_that_takes_too_long_on_Sqlite() : A_unit_that_takes_too_long(Provider.Sqlite)
{
    [Fact]
    public async Task Is_ended_within_its_statement_and_holds_up_nobody()
    {
        var database = await OpenAsync();
        var ended = new TaskCompletionSource<Exception?>();

        await Assert.ThrowsAsync<UnitTooSlowException>(() => database.WriteAsync(
            "counts", async session =>
            {
                await InsertAsync(session, "counting");
                await Task.Yield(); // from here on it is on another thread than the door
                ended.SetResult(await Record.ExceptionAsync(async () => await CountForEverAsync(session)));
                return 0;
            },
            None));

        Assert.Equal(1, await NoteAsync(database, "next"));
        Assert.NotNull(await ended.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await PostOffice.NumberAsync(database, "SELECT count(*) FROM notes"));
    }

    static ValueTask<List<long>> CountForEverAsync(Session session) => session.QueryAsync(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", _ => { }, row => row.Number(0), None);
}

public sealed class A_unit_that_takes_too_long_on_Postgres() : A_unit_that_takes_too_long(Provider.Postgres)
{
    [Fact]
    public async Task Is_ended_in_the_server_too()
    {
        var database = Fresh.Open(TimeProvider.System, Limit);

        await Assert.ThrowsAsync<UnitTooSlowException>(() => database.WriteAsync(
            "sleeps", session => session.ExecuteAsync("SELECT pg_sleep(600)", _ => { }, CancellationToken.None), CancellationToken.None));

        Assert.Equal(0, await PostOffice.NumberAsync(
            database, "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE 'SELECT pg_sleep(600)%'"));
    }

    [Fact]
    public async Task Is_none_where_the_schema_is_brought_up_to_date()
    {
        await using var database = PostgresDatabase.OpenForUpgrade(Fresh.Place);
        var longer = (IDatabase.UnitLimit + TimeSpan.FromMilliseconds(200)).TotalSeconds;

        await database.WriteAsync(
            "indexes",
            session => session.ExecuteAsync(FormattableString.Invariant($"SELECT pg_sleep({longer})"), _ => { }, CancellationToken.None),
            CancellationToken.None);

        Assert.Equal(1, await PostOffice.NumberAsync(database, "SELECT 1"));
    }
}

public abstract class A_unit_that_takes_too_long(Provider provider) : IAsyncLifetime
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);

    internal FreshDatabase Fresh { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fresh = await FreshDatabase.CreateAsync(provider);

    public ValueTask DisposeAsync() => Fresh.DisposeAsync();

    [Fact]
    public async Task Fails_by_its_name_and_leaves_nothing()
    {
        var database = await OpenAsync();
        var never = new TaskCompletionSource();

        var slow =
            await Assert.ThrowsAsync<UnitTooSlowException>(
                () => database.WriteAsync("waits for the weather", session => StuckAsync(session, never), None));

        Assert.Contains("'waits for the weather'", slow.Message, StringComparison.Ordinal);
        Assert.Equal(0, await PostOffice.NumberAsync(database, "SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task Takes_nobody_with_it_who_came_with_it()
    {
        var database = await OpenAsync();
        var runs = 0;
        var never = new TaskCompletionSource();

        var before = NoteAsync(database, "before");
        var stuck = database.WriteAsync(
            "stuck",
            session =>
            {
                Interlocked.Increment(ref runs);
                return StuckAsync(session, never);
            },
            None);
        var after = Enumerable.Range(0, 10).Select(i => NoteAsync(database, $"after {i}")).ToArray();

        await Assert.ThrowsAsync<UnitTooSlowException>(() => stuck);
        Assert.Equal(1, await before);
        Assert.All(await Task.WhenAll(after), written => Assert.Equal(1, written));
        Assert.Equal(11, await PostOffice.NumberAsync(database, "SELECT count(*) FROM notes"));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Cannot_write_any_more_when_it_comes_back_to_life()
    {
        var database = await OpenAsync();
        var late = new TaskCompletionSource();
        var ended = new TaskCompletionSource<Exception?>();
        await Assert.ThrowsAsync<UnitTooSlowException>(() => database.WriteAsync(
            "late", async session =>
            {
                await late.Task;
                ended.SetResult(await Record.ExceptionAsync(async () => await InsertAsync(session, "late")));
                return 0;
            },
            None));

        late.SetResult();

        Assert.NotNull(await ended.Task.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(1, await NoteAsync(database, "next"));
        Assert.Equal(1, await PostOffice.NumberAsync(database, "SELECT count(*) FROM notes"));
    }

    private protected static CancellationToken None => CancellationToken.None;

    static async ValueTask<int> StuckAsync(Session session, TaskCompletionSource never)
    {
        await InsertAsync(session, "stuck");
        await never.Task;
        return 0;
    }

    private protected static ValueTask<int> InsertAsync(Session session, string text) =>
        session.ExecuteAsync("INSERT INTO notes (text) VALUES ($1)", p => p.Text(text), None);

    private protected static Task<int> NoteAsync(IDatabase database, string text) =>
        database.WriteAsync("note", session => InsertAsync(session, text), None);

    private protected async Task<IDatabase> OpenAsync()
    {
        var database = Fresh.Open(TimeProvider.System, Limit);
        await database.WriteAsync(
            "create", session => session.ExecuteAsync("CREATE TABLE notes (text text NOT NULL)", _ => { }, None), None);
        return database;
    }
}
