using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Server.Configuration;
using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary>
/// What can be wrong around Waybill when it starts, as a sentence for the operator. Anything else is a defect and keeps its stack trace.
/// </summary>
internal static class StartProblem
{
    /// <summary>The sentence; null for a defect.</summary>
    public static string? Of(Exception thrown) => thrown switch
    {
        WrongSettingsException or DamagedDatabaseException or SchemaMismatchException or UnfitSqliteException or WrongMasterKeyException =>
            thrown.Message,
        StorageException => $"The database cannot be opened: {(thrown.InnerException ?? thrown).Message}",
        DbException => $"The database cannot be opened: {thrown.Message}",
        InvalidDataException { InnerException: FormatException malformed } =>
            $"{thrown.Message} {(malformed.InnerException ?? malformed).Message}",
        IOException { InnerException: AddressInUseException } =>
            $"{thrown.Message} Stop the other program, or choose another port with --urls http://localhost:8081.",
        SocketException => $"The server cannot listen on the addresses of ASPNETCORE_URLS (--urls): {thrown.Message}.",
        IOException or UnauthorizedAccessException => thrown.Message,
        _ => null,
    };
}
