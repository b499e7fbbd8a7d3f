using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>Tells what lies outside the program from what is a defect of it or a refused row.</summary>
internal static class SqliteFailure
{
    /// <summary>Whether the file is not what was written.</summary>
    public static bool IsDamage(SqliteException failed) => failed.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB;

    public static Exception Translate(Exception failed) => failed is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            SQLITE_FULL => new StorageFullException(failed),
            SQLITE_CORRUPT or SQLITE_NOTADB => new StorageDamagedException(failed),
            SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_PROTOCOL =>
                new StorageUnavailableException(failed),
            _ => failed,
        }
        : failed;
}
