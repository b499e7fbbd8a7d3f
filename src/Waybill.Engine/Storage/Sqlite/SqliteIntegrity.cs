using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>Whether a database file is what was written, by SQLite's own checks. They read only.</summary>
public static class SqliteIntegrity
{
    const int MostFindings = 20;
    const int StepsBetweenLooks = 500; // a page counts as one while the tree is walked

    /// <summary>
    /// Looks for pages, rows and indexes that cannot be, for as long as there is time: a start must not wait for a large file.
    /// </summary>
    public static IntegrityLook Glance(string path, TimeSpan limit, TimeProvider clock) =>
        Look(Reading(path), connection => Ask(connection, $"PRAGMA quick_check({MostFindings})"), limit, clock);

    /// <summary>
    /// Goes through everything: pages, rows, indexes against their tables, and rows that name others. A large file takes minutes.
    /// </summary>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static IntegrityLook LookThrough(string path) => Look(Reading(path), Thoroughly, Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>The same for a copy that nobody writes to: it is taken as it lies there, and nothing is written beside it.</summary>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static IntegrityLook LookThroughCopy(string path)
    {
        var isWhole = !File.Exists(path + "-wal"); // with one the newest commits stand there
        return Look(
            isWhole ? $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1" : Reading(path),
            Thoroughly, Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    static string Reading(string path) => path;

    static IEnumerable<string> Thoroughly(SqliteConnection connection) => Ask(connection, $"PRAGMA integrity_check({MostFindings})")
        .Concat(
            Ask(
                connection,
                "SELECT 'A row of ' || \"table\" || ' names one of ' || parent || ' that is not there.' FROM pragma_foreign_key_check "
                    + "LIMIT 20"));

    static IntegrityLook Look(string source, Func<SqliteConnection, IEnumerable<string>> check, TimeSpan limit, TimeProvider clock)
    {
        var findings = new List<string>();
        try
        {
            using var connection =
                new SqliteConnection(
                    new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            var began = clock.GetTimestamp();
            if (limit != Timeout.InfiniteTimeSpan)
                raw.sqlite3_progress_handler(
                    connection.Handle, StepsBetweenLooks, _ => clock.GetElapsedTime(began) > limit ? 1 : 0, v: null);
            foreach (var finding in check(connection)) findings.Add(finding);
            return new(findings, IsWhole: true);
        }
        catch (SqliteException stopped) when (stopped.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return new(findings, IsWhole: false);
        }
        catch (SqliteException broken) when (SqliteFailure.IsDamage(broken))
        {
            return new([.. findings, broken.Message], IsWhole: true);
        }
        catch (SqliteException away)
        {
            throw new StorageUnavailableException(away);
        }
    }

    static IEnumerable<string> Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (reader.GetString(0) is var finding && finding != "ok") yield return finding;
    }
}

/// <summary>What a look at a database file came to.</summary>
/// <param name="Findings">What is wrong, in SQLite's words; at most some twenty.</param>
/// <param name="IsWhole">Whether there was time for all of it.</param>
public sealed record IntegrityLook(IReadOnlyList<string> Findings, bool IsWhole)
{
    /// <summary>Whether nothing wrong was found.</summary>
    public bool IsSound => Findings.Count == 0;
}
