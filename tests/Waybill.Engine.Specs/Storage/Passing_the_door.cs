using System.Data.Common;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Passing_the_door_of_Sqlite() : Passing_the_door(Provider.Sqlite);

public sealed class Passing_the_door_of_Postgres() : Passing_the_door(Provider.Postgres);

public abstract class Passing_the_door(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task A_unit_that_fails_halfway_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync<int>(
            "half",
            async session =>
            {
                await AddAsync(session, "first");
                throw new InvalidOperationException("no");
            },
            None));

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_unit_whose_row_is_refused_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<DbException>(() => Database.WriteAsync(
            "twice",
            async session =>
            {
                await AddAsync(session, "same");
                return await AddAsync(session, "same");
            },
            None));

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task The_result_comes_when_every_other_reader_can_see_the_row()
    {
        for (var i = 0; i < 50; i++)
        {
            var name = $"row-{i}";
            var added = await Database.WriteAsync("add", session => AddAsync(session, name), None);

            Assert.Equal(1, added);
            Assert.Contains(name, await NamesAsync());
        }
    }

    [Fact]
    public async Task Nobody_sees_a_unit_that_is_still_under_way()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var writing = Database.WriteAsync(
            "slow",
            async session =>
            {
                await AddAsync(session, "unfinished");
                entered.SetResult();
                await go.Task;
                return 0;
            },
            None);
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(await NamesAsync());
        Assert.False(writing.IsCompleted);
        go.SetResult();
        await writing;
        Assert.Equal(["unfinished"], await NamesAsync());
    }

    [Fact]
    public async Task One_that_fails_does_not_decide_for_those_that_commit_with_it()
    {
        await Database.WriteAsync("add", session => AddAsync(session, "taken"), None);
        var held = new TaskCompletionSource();
        var first = Database.WriteAsync("holds the door while the others gather", async _ => { await held.Task; return 0; }, None);
        var units = Enumerable.Range(0, 40).Select(i => Database.WriteAsync(
            "unit",
            async session => (i % 4) switch
            {
                0 => await AddAsync(session, "taken"),
                1 => throw new InvalidOperationException($"unit {i}"),
                _ => await AddAsync(session, $"good {i}") + i,
            },
            None)).ToArray();
        held.SetResult();
        await first;

        for (var i = 0; i < units.Length; i++)
        {
            if (i % 4 == 0) await Assert.ThrowsAnyAsync<DbException>(() => units[i]);
            else if (i % 4 == 1) Assert.Equal($"unit {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => units[i])).Message);
            else Assert.Equal(1 + i, await units[i]);
        }

        Assert.Equal(21, (await NamesAsync()).Count);
    }

    [Fact]
    public async Task Each_of_many_writers_gets_its_own_result()
    {
        var writers = Enumerable.Range(0, 300).Select(i => Database.WriteAsync(
            "add",
            async session =>
            {
                await AddAsync(session, $"writer {i}");
                return await session.FirstAsync(
                    "SELECT name FROM tenants WHERE name = $1", p => p.Text($"writer {i}"), row => row.Text(0), None);
            },
            None));

        var results = await Task.WhenAll(writers);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => (string?)$"writer {i}"), results);
        Assert.Equal(300, (await NamesAsync()).Count);
    }

    [Fact]
    public async Task A_read_sees_one_moment_however_much_is_written_meanwhile()
    {
        await Database.WriteAsync("add", session => AddAsync(session, "before"), None);

        var (first, second) = await Database.ReadAsync(
            async session =>
            {
                var names = await CountAsync(session);
                await Database.WriteAsync("add", other => AddAsync(other, "meanwhile"), None);
                return (names, await CountAsync(session));
            },
            None);

        Assert.Equal((1, 1), (first, second));
        Assert.Equal(2, (await NamesAsync()).Count);
    }

    [Fact]
    public async Task A_unit_whose_caller_left_before_its_turn_is_not_run()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Database.WriteAsync("add", session => AddAsync(session, "left"), left.Token));

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_reader_that_fails_hurts_no_later_reader()
    {
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAnyAsync<Exception>(
                () => Database.ReadAsync(session => session.FirstAsync("SELECT nonsense", _ => { }, row => row.Text(0), None), None));

        Assert.Empty(await NamesAsync());
    }

    static ValueTask<int> AddAsync(Session session, string name) => session.ExecuteAsync(
        "INSERT INTO tenants (id, name, time_zone, created_at) VALUES ($1, $2, 'UTC', $3)",
        p => p.Id(Guid.CreateVersion7()).Text(name).Instant(Noon.Instant),
        None);

    static ValueTask<long> CountAsync(Session session) =>
        session.FirstAsync("SELECT count(*) FROM tenants WHERE name <> 'default'", _ => { }, row => row.Number(0), None);

    Task<List<string>> NamesAsync() => Database.ReadAsync(
        session => session.QueryAsync("SELECT name FROM tenants WHERE name <> 'default'", _ => { }, row => row.Text(0), None), None);
}
