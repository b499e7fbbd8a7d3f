using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Mapping_the_rows_of_a_table_in_Sqlite() : Mapping_the_rows_of_a_table(Provider.Sqlite);

public sealed class Mapping_the_rows_of_a_table_in_Postgres() : Mapping_the_rows_of_a_table(Provider.Postgres);

public abstract class Mapping_the_rows_of_a_table(Provider provider) : DatabaseContract(provider)
{
    static readonly TenantId Mine = new(Guid.CreateVersion7(Noon.Instant));
    static readonly TenantId Other = new(Guid.CreateVersion7(Noon.Instant));

    static readonly Table<Job> Jobs = new Table<Job>("jobs", "tenant_id")
        .Computed<bool>(nameof(Job.IsGone), "{0}.removed_at IS NOT NULL")
        .Words(nameof(Job.Speed), "speed", speed => speed == 1 ? "slow" : "fast", word => word == "slow" ? 1 : 2)
        .Derived("sought", job => job.Title.ToLowerInvariant())
        .Kept("number")
        .Fixed("kind")
        .Created();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await WriteAsync(async session => await session.ExecuteAsync(
            SchemaDialect.Of(Database.Provider).Render("""
            CREATE TABLE jobs (id {id} PRIMARY KEY, tenant_id {id} NOT NULL, title text NOT NULL, kind text NOT NULL, is_urgent {flag} NOT NULL, speed text NOT NULL,
                due_day {day}, price {money}, first_maker text, first_string_id {id}, second_maker text, second_string_id {id}, number text, sought text NOT NULL,
                version bigint NOT NULL, created_at {instant} NOT NULL, removed_at {instant})
            """),
            _ => { },
            None));
    }

    [Fact]
    public async Task Gives_a_record_back_with_its_days_amounts_flags_words_and_the_records_within()
    {
        var (full, bare) = (Full(), new Job { Id = NewId(), Tenant = Mine, Title = "Bare" });
        await InsertAsync(full);
        await InsertAsync(bare);
        Assert.Equal([full, bare], await ListAsync(Mine));
        Assert.Equal(full, await FindAsync(Mine, full.Id));
    }

    [Fact]
    public async Task Shows_and_changes_nothing_of_another_tenants()
    {
        var job = Full();
        await InsertAsync(job);
        Assert.Empty(await ListAsync(Other));
        Assert.Null(await FindAsync(Other, job.Id));
        Assert.False(await UpdateAsync(Other, job with { Title = "Stolen" }));
        Assert.Equal(job, await FindAsync(Mine, job.Id));
    }

    [Fact]
    public async Task Keeps_its_filter_whatever_the_condition_says()
    {
        await InsertAsync(Full());
        var found = await Database.ReadAsync(
            session => Jobs.View.Of(Other).NewestAsync(session, Sql.Text("1 = 1 OR 1 = 1"), after: null, 100, None), None);
        Assert.Empty(found);
    }

    [Fact]
    public async Task Reads_and_writes_nothing_without_a_tenant()
    {
        Assert.Throws<ArgumentException>(() => Jobs.View.Of(TenantId.Everybody));
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(session => Jobs.InsertAsync(session, Full(), Noon.Instant)));
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(async session => await Jobs.UpdateAsync(session, Full())));
        Assert.Empty(await Database.ReadAsync(session => Jobs.View.OfAll().ListAsync(session, Sql.Text("1 = 1"), None), None));
    }

    [Fact]
    public async Task Changes_a_row_once_for_each_version_that_was_read()
    {
        var job = Full();
        await InsertAsync(job);
        Assert.True(await UpdateAsync(Mine, job with { Title = "Second" }));
        Assert.False(await UpdateAsync(Mine, job with { Title = "Late" }));
        Assert.Equal(job with { Title = "Second", Version = 2 }, await FindAsync(Mine, job.Id));
    }

    [Fact]
    public async Task Writes_a_fixed_column_once_and_keeps_what_is_to_stay()
    {
        var job = Full() with { Number = null };
        await InsertAsync(job);
        Assert.True(await UpdateAsync(Mine, job with { Kind = Kinds.TwoSided, Number = "1" }));
        Assert.True(await UpdateAsync(Mine, job with { Version = 2, Number = "2" }));
        Assert.Equal(job with { Number = "1", Version = 3 }, await FindAsync(Mine, job.Id));
    }

    [Fact]
    public async Task Reads_what_a_condition_comes_to_and_writes_what_follows_from_the_rest()
    {
        var job = Full();
        await InsertAsync(job);
        Assert.Equal(
            1, await WriteAsync(
                session => session.ExecuteAsync($"UPDATE jobs SET removed_at = {Noon.Instant} WHERE sought = {"restring"}")));
        Assert.True((await FindAsync(Mine, job.Id))!.IsGone);
    }

    [Fact]
    public async Task Turns_pages_from_either_end()
    {
        var jobs = Enumerable.Range(0, 7).Select(n => Full() with { Id = Guid.CreateVersion7(Noon.Instant.AddSeconds(n)) }).ToList();
        foreach (var job in jobs) await InsertAsync(job);
        var (newest, oldest) = await Database.ReadAsync(
            async session => (
                await Jobs.View.Of(Mine).NewestAsync(session, $"title = {"Restring"}", jobs[3].Id, 2, None),
                await Jobs.View.Of(Mine).OldestAsync(session, $"title = {"Restring"}", jobs[3].Id, 2, None)),
            None);
        Assert.Equal([jobs[2], jobs[1]], newest);
        Assert.Equal([jobs[4], jobs[5]], oldest);
    }

    [Fact]
    public async Task Takes_a_value_as_a_value_and_never_as_text_of_the_statement()
    {
        var job = Full() with { Title = "'; DROP TABLE jobs; --" };
        await InsertAsync(job);
        Assert.Equal(job, await Database.ReadAsync(session => Jobs.View.Of(Mine).FirstAsync(session, $"title = {job.Title}", None), None));
    }

    [Fact]
    public void Says_which_type_nothing_is_known_of() =>
        Assert.Contains(
            "TimeSpan",
            Assert.Throws<TypeInitializationException>(() => { Sql _ = $"{TimeSpan.Zero}"; _.Bind(null!); }).InnerException!.Message,
            StringComparison.Ordinal);

    static Job Full() => new()
    {
        Id = NewId(),
        Tenant = Mine,
        Title = "Restring",
        Kind = Kinds.OneSided,
        IsUrgent = true,
        Speed = 1,
        Due = new(2026, 2, 28),
        Price = 18.55m,
        First = new() { Maker = "Luxilon", String = NewId() },
        Number = "7",
    };

    static Guid NewId() => Guid.CreateVersion7(Noon.Instant.AddMilliseconds(Interlocked.Increment(ref ids)));

    static int ids;

    Task InsertAsync(Job job) => WriteAsync(session => Jobs.InsertAsync(session, job.Tenant, job, Noon.Instant));

    Task<bool> UpdateAsync(TenantId tenant, Job job) => WriteAsync(session => Jobs.UpdateAsync(session, tenant, job));

    Task<Job?> FindAsync(TenantId tenant, Guid id) =>
        Database.ReadAsync(session => Jobs.View.Of(tenant).FindAsync(session, id, None), None);

    Task<List<Job>> ListAsync(TenantId tenant) =>
        Database.ReadAsync(session => Jobs.View.Of(tenant).ListAsync(session, Sql.Text("1 = 1"), None), None);

    Task<T> WriteAsync<T>(Func<Session, ValueTask<T>> unit) => Database.WriteAsync("spec", unit, None);

    Task WriteAsync(Func<Session, ValueTask> unit) => WriteAsync(async session =>
    {
        await unit(session);
        return true;
    });

    enum Kinds
    {
        OneSided,
        TwoSided,
    }

    sealed record Job
    {
        public required Guid Id { get; init; }

        [Column("tenant_id")]
        public required TenantId Tenant { get; init; }

        public required string Title { get; init; }

        public Kinds Kind { get; init; }

        public bool IsUrgent { get; init; }

        public int Speed { get; init; } = 2;

        [Column("due_day")]
        public DateOnly? Due { get; init; }

        public decimal? Price { get; init; }

        public Side First { get; init; } = new();

        public Side Second { get; init; } = new();

        public string? Number { get; init; }

        public bool IsGone { get; init; }

        public int Version { get; init; } = 1;
    }

    sealed record Side
    {
        public string? Maker { get; init; }

        [Column("string_id")]
        public Guid? String { get; init; }
    }
}
