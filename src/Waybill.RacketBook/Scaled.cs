namespace Waybill.RacketBook;

/// <summary>Amounts, tensions and sizes as the database has them: whole hundredths.</summary>
static class Scaled
{
    internal static long Store(decimal value) => decimal.ToInt64(decimal.Round(value * 100, MidpointRounding.AwayFromZero));

    internal static long? Store(decimal? value) => value is { } known ? Store(known) : null;

    internal static decimal Read(long value) => value / 100m;

    internal static decimal? Read(long? value) => value is { } known ? Read(known) : null;
}
