using System.Globalization;
using Waybill.Mime.Encodings;

namespace Waybill.Mime.Headers;

/// <summary>A date-time (RFC 5322 §3.3): English names and a numeric zone, whatever the culture.</summary>
static class MessageDate
{
    const int Longest = 40;

    internal static void Write(DateTimeOffset date, OctetBuffer output)
    {
        date.TryFormat(output.GetSpan(Longest), out var written, "ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture);
        output.Advance(written);
        WriteZone(date.Offset, output);
    }

    static void WriteZone(TimeSpan offset, OctetBuffer output)
    {
        var minutes = Math.Abs((int)offset.TotalMinutes);
        output.Write((byte)(offset < TimeSpan.Zero ? '-' : '+'));
        WriteTwoDigits(minutes / 60, output);
        WriteTwoDigits(minutes % 60, output);
    }

    static void WriteTwoDigits(int number, OctetBuffer output) => output.Write([(byte)('0' + number / 10), (byte)('0' + number % 10)]);
}
