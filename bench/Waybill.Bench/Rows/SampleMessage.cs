using System.Globalization;
using Waybill.Mime;
using Waybill.Mime.Addresses;

namespace Waybill.Bench.Rows;

/// <summary>A message of text and HTML, about 10 KB when it is written, each a little different.</summary>
internal static class SampleMessage
{
    /// <summary>How much text each of the two parts holds.</summary>
    public const int PartOctets = 4_700;

    const string Line = "Vielen Dank für Ihre Bestellung; sie ist unterwegs zu Ihnen.\n";

    static readonly Mailbox From = Mailbox.Parse("Shop Größe <shop@example.com>");
    static readonly DateTimeOffset Date = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly string Prose = string.Concat(Enumerable.Repeat(Line, PartOctets / Line.Length));

    /// <summary>The bytes; a message without files comes in one chunk.</summary>
    public static async Task<byte[]> EncodeAsync(int number)
    {
        await foreach (var chunk in Write(number).EncodeAsync()) return chunk.ToArray();
        return [];
    }

    static MimeMessage Write(int number)
    {
        var count = number.ToString(CultureInfo.InvariantCulture);
        return new MimeMessage
        {
            From = From,
            To = [Mailbox.Parse($"Buyer {count} <buyer{count}@example.net>")],
            Subject = $"Ihre Bestellung für Größe {count}",
            Date = Date,
            MessageId = $"<{count}@example.com>",
            Text = Prose,
            Html = Prose,
            BoundarySeed = count,
        };
    }
}
