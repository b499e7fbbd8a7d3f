using Microsoft.Data.Sqlite;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Keeping_a_Sqlite_file() : DatabaseContract(Provider.Sqlite)
{
    const long Full = 2;

    [Fact]
    public async Task Writes_ahead_and_has_every_commit_on_disk()
    {
        Assert.Equal(Full, await OnTheWriterAsync("PRAGMA synchronous", row => row.Number(0)));
        Assert.Equal("wal", await OnTheWriterAsync("PRAGMA journal_mode", row => row.Text(0)));
        Assert.NotEqual(0, await OnTheWriterAsync("PRAGMA wal_autocheckpoint", row => row.Number(0)));
        Assert.Equal(0, await OnTheWriterAsync("PRAGMA mmap_size", row => row.Number(0)));
    }

    [Theory]
    [InlineData("INSERT INTO tenants (id, name, time_zone, created_at) VALUES (x'00', 'x', 'UTC', 0)")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE)")]
    [InlineData("PRAGMA user_version = 7")]
    public async Task No_reader_writes_or_checkpoints(string sql)
    {
        var refused =
            await Assert.ThrowsAnyAsync<Exception>(() => Database.ReadAsync(session => session.ExecuteAsync(sql, _ => { }, None), None));

        Assert.True(refused is SqliteException or StorageException, refused.ToString());
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM tenants"));
    }

    [Fact]
    public async Task Readers_hold_to_it_that_they_only_read()
    {
        var (queryOnly, isReadOnly) = await Database.ReadAsync(
            async session => (
                await session.FirstAsync("PRAGMA query_only", _ => { }, row => row.Number(0), None),
                SQLitePCL.raw.sqlite3_db_readonly(((SqliteConnection)session.Connection).Handle!, "main")),
            None);

        Assert.Equal((1, 1), (queryOnly, isReadOnly));
    }

    [Fact]
    public async Task Keeps_units_in_order_and_readers_at_work_while_it_checkpoints()
    {
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (long last = 0; !done.IsCancellationRequested;)
            {
                var now = await Office.NumberAsync("SELECT count(*) FROM relay_usage");
                Assert.True(now >= last, $"{now} rows after {last}");
                last = now;
            }
        })).ToArray();

        for (var i = 0; i < 40; i++) await FillAsync($"relay {i}", bytes: 600_000);
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Equal(40, await Office.NumberAsync("SELECT count(*) FROM relay_usage"));
        Assert.Equal("ok", await OnTheWriterAsync("PRAGMA integrity_check", row => row.Text(0)));
    }

    [Fact]
    public async Task Says_that_the_disk_is_full_keeps_what_it_had_and_goes_on_when_there_is_space()
    {
        await FillAsync("before", bytes: 10);
        var pages = await OnTheWriterAsync("PRAGMA page_count", row => row.Number(0));
        await OnTheWriterAsync($"PRAGMA max_page_count = {pages + 4}", row => row.Number(0));

        await Assert.ThrowsAsync<StorageFullException>(() => FillAsync("too much", bytes: 500_000));
        await FillAsync("small", bytes: 10);
        await OnTheWriterAsync("PRAGMA max_page_count = 1000000", row => row.Number(0));
        await FillAsync("after", bytes: 500_000);

        Assert.Equal(3, await Office.NumberAsync("SELECT count(*) FROM relay_usage"));
    }

    [Fact]
    public async Task One_unit_that_is_too_big_for_the_disk_takes_no_other_with_it_and_is_not_kept_behind_its_callers_back()
    {
        var pages = await OnTheWriterAsync("PRAGMA page_count", row => row.Number(0));
        await OnTheWriterAsync($"PRAGMA max_page_count = {pages + 8}", row => row.Number(0));
        var held = new TaskCompletionSource();
        var first = Database.WriteAsync("holds the door", async _ => { await held.Task; return 0; }, None);

        var units = Enumerable.Range(0, 12).Select(i => FillAsync($"unit {i}", bytes: i % 3 == 1 ? 500_000 : 10)).ToArray();
        held.SetResult();
        await first;

        for (var i = 0; i < units.Length; i++)
        {
            if (i % 3 == 1) await Assert.ThrowsAsync<StorageFullException>(() => units[i]);
            else Assert.Equal(1, await units[i]);
        }

        Assert.Equal(8, await Office.NumberAsync("SELECT count(*) FROM relay_usage"));
    }

    Task<int> FillAsync(string relay, int bytes) => Database.WriteAsync(
        "fill",
        session => session.ExecuteAsync(
            "INSERT INTO relay_usage (relay, day, used) VALUES ($1, $2, 1)", p => p.Text(relay).Text(new string('x', bytes)), None),
        None);

    Task<T?> OnTheWriterAsync<T>(string sql, Func<Row, T> map) =>
        Database.WriteAsync("look", session => session.FirstAsync(sql, _ => { }, map, None), None);
}
