using Microsoft.Data.Sqlite;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Databases;

public sealed class Garbage_in_a_database_file : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Path => System.IO.Path.Combine(folder.Path, "some ümläut #1.db");

    public Garbage_in_a_database_file() => Run("CREATE TABLE a (id integer PRIMARY KEY, t text); CREATE INDEX b ON a (t); "
        + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO a SELECT i, hex(randomblob(40)) FROM "
        + "n");

    [Fact]
    public void Is_not_found_where_there_is_none()
    {
        Assert.Equal((true, true), (Glance().IsSound, Glance().IsWhole));
        Assert.True(SqliteIntegrity.LookThrough(Path).IsSound);
        Assert.True(SqliteIntegrity.LookThroughCopy(Path).IsSound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    public void Is_found_on_any_page(int page)
    {
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.Write))
        {
            file.Position = page * 4096;
            file.Write([.. Enumerable.Repeat((byte)0xA5, 4096)]);
        }

        Assert.NotEmpty(Glance().Findings);
        Assert.NotEmpty(SqliteIntegrity.LookThrough(Path).Findings);
        Assert.NotEmpty(SqliteIntegrity.LookThroughCopy(Path).Findings);
    }

    [Fact]
    public void Is_looked_for_no_longer_than_there_is_time()
    {
        var look = SqliteIntegrity.Glance(Path, TimeSpan.FromTicks(-1), TimeProvider.System);

        Assert.Equal((true, false), (look.IsSound, look.IsWhole));
    }

    [Fact]
    public void Is_a_row_too_that_names_one_that_is_not_there()
    {
        Run("PRAGMA foreign_keys=0; CREATE TABLE c (a integer REFERENCES a (id)); INSERT INTO c VALUES (4711)");

        Assert.Equal(["A row of c names one of a that is not there."], SqliteIntegrity.LookThrough(Path).Findings);
    }

    public void Dispose() => folder.Dispose();

    IntegrityLook Glance() => SqliteIntegrity.Glance(Path, TimeSpan.FromMinutes(1), TimeProvider.System);

    void Run(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
