namespace Waybill.Engine.Storage.Sqlite;

/// <summary>The SQLite library may not hold our data; no file was touched.</summary>
public sealed class UnfitSqliteException(string message) : Exception(message);
