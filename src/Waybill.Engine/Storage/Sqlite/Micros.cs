namespace Waybill.Engine.Storage.Sqlite;

/// <summary>Instants as SQLite keeps them: whole microseconds since 1970-01-01T00:00:00Z.</summary>
internal static class Micros
{
    public static long From(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
