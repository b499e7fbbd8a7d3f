using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Keeping_values_in_Sqlite() : Keeping_values(Provider.Sqlite);

public sealed class Keeping_values_in_Postgres() : Keeping_values(Provider.Postgres);

public sealed class Keeping_values_in_one_insert_in_Sqlite() : Keeping_values(Provider.Sqlite, inOneInsert: true);

public sealed class Keeping_values_in_one_insert_in_Postgres() : Keeping_values(Provider.Postgres, inOneInsert: true);

public abstract class Keeping_values(Provider provider, bool inOneInsert = false) : DatabaseContract(provider)
{
    const string Insert = "INSERT INTO kept (id, at, bytes, text, number, n) VALUES ($1, $2, $3, $4, $5, $6)";

    static readonly DateTimeOffset[] Instants =
    [
        DateTimeOffset.UnixEpoch, Noon.Instant, Noon.Instant.AddMicroseconds(1), Noon.Instant.AddMicroseconds(999_999),
        new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        new(2000, 2, 29, 0, 0, 0, TimeSpan.FromHours(5.5)), new(2262, 4, 12, 0, 0, 0, TimeSpan.FromHours(-9)),
        new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var (id, instant, bytes) = Provider == Provider.Sqlite ? ("blob", "integer", "blob") : ("uuid", "timestamptz", "bytea");
        await Database.WriteAsync(
            "create",
            session => session.ExecuteAsync(
                $"CREATE TABLE kept (n integer, id {id}, at {instant}, bytes {bytes}, text text, number bigint)", _ => { }, None),
            None);
    }

    [Fact]
    public async Task Gives_every_instant_back_to_the_microsecond_and_in_UTC()
    {
        await KeepAsync(Instants, (p, at) => p.Id(null).Instant(at).Bytes(null).Text(null).Number(null));

        var back = await ReadAsync("SELECT at FROM kept ORDER BY n", row => row.Instant(0));

        Assert.Equal(Instants, back);
        Assert.All(back, at => Assert.Equal(TimeSpan.Zero, at.Offset));
    }

    [Fact]
    public async Task Drops_what_is_below_a_microsecond()
    {
        await KeepAsync([Noon.Instant.AddTicks(19)], (p, at) => p.Id(null).Instant(at).Bytes(null).Text(null).Number(null));

        Assert.Equal([Noon.Instant.AddMicroseconds(1)], await ReadAsync("SELECT at FROM kept", row => row.Instant(0)));
    }

    [Fact]
    public async Task Orders_ids_as_they_are_written_and_so_by_the_time_they_were_made()
    {
        var ids = Enumerable.Range(0, 200).Select(i => Guid.CreateVersion7(Noon.Instant.AddDays(i * 37))).ToArray();
        await KeepAsync([.. ids.OrderBy(id => id.GetHashCode())], (p, id) => p.Id(id).Instant(null).Bytes(null).Text(null).Number(null));

        var back = await ReadAsync("SELECT id FROM kept ORDER BY id", row => row.Id(0));

        Assert.Equal(ids, back);
        Assert.Equal(ids.Order(), back);
        Assert.Equal(ids.Select(id => id.ToString("D")).Order(StringComparer.Ordinal), back.Select(id => id.ToString("D")));
    }

    [Fact]
    public async Task Orders_random_ids_as_dotnet_does()
    {
        var random = new Random(1);
        var ids = Enumerable.Range(0, 500).Select(_ => RandomId(random)).ToArray();
        await KeepAsync(ids, (p, id) => p.Id(id).Instant(null).Bytes(null).Text(null).Number(null));

        Assert.Equal(ids.Order(), await ReadAsync("SELECT id FROM kept ORDER BY id", row => row.Id(0)));
    }

    [Fact]
    public async Task Orders_instants_by_time()
    {
        await KeepAsync(Instants, (p, at) => p.Id(null).Instant(at).Bytes(null).Text(null).Number(null));

        Assert.Equal(Instants.Order(), await ReadAsync("SELECT at FROM kept ORDER BY at", row => row.Instant(0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(1_048_576)]
    public async Task Gives_bytes_back(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        await KeepAsync([bytes], (p, value) => p.Id(null).Instant(null).Bytes(value).Text(null).Number(null));

        var back = Assert.Single(await ReadAsync("SELECT bytes FROM kept", row => row.Bytes(0)));
        Assert.True(bytes.AsSpan().SequenceEqual(back));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Zürich Σ 漢字 👩‍👩‍👧")]
    [InlineData("'; DROP TABLE kept; --")]
    [InlineData("a\r\nb\tc\u0001")]
    public async Task Gives_texts_back(string text)
    {
        await KeepAsync([text], (p, value) => p.Id(null).Instant(null).Bytes(null).Text(value).Number(null));

        Assert.Equal([text], await ReadAsync("SELECT text FROM kept", row => row.Text(0)));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task Gives_numbers_back(long number)
    {
        await KeepAsync([number], (p, value) => p.Id(null).Instant(null).Bytes(null).Text(null).Number(value));

        Assert.Equal([number], await ReadAsync("SELECT number FROM kept", row => row.Number(0)));
    }

    [Fact]
    public async Task Keeps_each_row_apart_where_some_have_a_value_and_some_have_none()
    {
        await KeepAsync(["a", null, "", "d"], (p, text) => p.Id(null).Instant(null).Bytes(null).Text(text).Number(text?.Length));

        Assert.Equal(["a", null, "", "d"], await ReadAsync("SELECT text FROM kept ORDER BY n", row => row.TextOrNull(0)));
        Assert.Equal([1, null, 0, 1], await ReadAsync("SELECT number FROM kept ORDER BY n", row => row.NumberOrNull(0)));
    }

    [Fact]
    public async Task Tells_nothing_from_something_empty()
    {
        await KeepAsync(["nothing"], (p, _) => p.Id(null).Instant(null).Bytes(null).Text(null).Number(null));

        var row = Assert.Single(await ReadAsync(
            "SELECT id, at, bytes, text, number FROM kept",
            row => (row.IdOrNull(0), row.InstantOrNull(1), row.BytesOrNull(2), row.TextOrNull(3), row.NumberOrNull(4))));
        Assert.Equal((null, null, null, null, null), row);
    }

    static Guid RandomId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    Task<int> KeepAsync<T>(IReadOnlyList<T> values, Action<Parameters, T> bind)
    {
        (T Value, int Number)[] rows = [.. values.Select((value, n) => (value, n))];
        return Database.WriteAsync("keep", session => KeepAsync(session, rows, Bind), None);

        void Bind(Parameters p, (T Value, int Number) row)
        {
            bind(p, row.Value);
            p.Number(row.Number);
        }
    }

    async ValueTask<int> KeepAsync<TRow>(Session session, TRow[] rows, Action<Parameters, TRow> bind)
    {
        if (inOneInsert) await session.InsertManyAsync(Insert, rows, bind, None);
        else await session.ExecuteManyAsync(Insert, rows, bind, None);
        return rows.Length;
    }

    Task<List<T>> ReadAsync<T>(string sql, Func<Row, T> map) =>
        Database.ReadAsync(session => session.QueryAsync(sql, _ => { }, map, None), None);
}
