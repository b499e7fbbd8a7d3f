using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>The SQLite library that this process runs on, and whether it may hold our data.</summary>
internal static class SqliteLibrary
{
    static readonly Version FirstWithTheRace = new(3, 7, 0);
    static readonly Version LastWithTheRace = new(3, 51, 2);

    static SqliteLibrary() => Configure();

    /// <summary>The version of the library that was loaded.</summary>
    public static string Loaded()
    {
        using var connection = new SqliteConnection();
        return connection.ServerVersion;
    }

    /// <summary>Why a library of this version may not hold our data, as a sentence; null when it may.</summary>
    public static string? Objection(string version) => !Version.TryParse(version, out var read)
        ? $"The SQLite library says that its version is '{version}', which is no version. Install Waybill again: it brings its own library."
        : read >= FirstWithTheRace && read <= LastWithTheRace
            ? $"The SQLite library is version {version}. Versions {FirstWithTheRace} to {LastWithTheRace} can lose what was committed "
                + $"while the log is "
              + "written back to the file. Waybill brings a newer one: install it again, and remove any other e_sqlite3 library from the "
              + "search path."
            : null;

    /// <exception cref="UnfitSqliteException">The library that was loaded may not hold our data.</exception>
    public static void Demand()
    {
        if (Objection(Loaded()) is { } objection) throw new UnfitSqliteException(objection);
    }

    /// <summary>
    /// Lets connections work side by side. By default SQLite counts all memory under one lock, for which the writer and each reader waited
    /// several times a statement; and it locks each connection for every call, which <see cref="SqliteSession"/> does once a statement.
    /// SQLite refuses both once it is in use; then everything works as before, and slower.
    /// </summary>
    static void Configure()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        _ = sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    }
}
