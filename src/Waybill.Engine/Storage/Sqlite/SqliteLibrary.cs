using Microsoft.Data.Sqlite;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>The SQLite library that this process runs on, and whether it may hold our data.</summary>
internal static class SqliteLibrary
{
    static readonly Version FirstWithTheRace = new(3, 7, 0);
    static readonly Version LastWithTheRace = new(3, 51, 2);

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
            ? $"The SQLite library is version {version}. Versions {FirstWithTheRace} to {LastWithTheRace} can lose what was committed while the log is "
              + "written back to the file. Waybill brings a newer one: install it again, and remove any other e_sqlite3 library from the search path."
            : null;

    /// <exception cref="UnfitSqliteException">The library that was loaded may not hold our data.</exception>
    public static void Demand()
    {
        if (Objection(Loaded()) is { } objection) throw new UnfitSqliteException(objection);
    }
}
