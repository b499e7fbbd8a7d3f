using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>Tells what lies outside the program from what is a defect of it or a refused row.</summary>
internal static class SqliteFailure
{
    public static Exception Translate(Exception failed) => failed is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            SQLITE_FULL => new StorageFullException(failed),
            SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_PROTOCOL =>
                new StorageUnavailableException(failed),
            _ => failed,
        }
        : failed;
}
