using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Headers;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Messages;

/// <summary>Messages for specs that care about one thing, and the way to their bytes.</summary>
static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    public static MimeMessage Message(
        string subject = "Hello", string? text = "Hello.\n", string? html = null, string from = "Shop <shop@example.org>",
        IReadOnlyList<Mailbox>? to = null, IReadOnlyList<MimeAttachment>? files = null,
        IReadOnlyList<MimeHeader>? headers = null, DateTimeOffset? date = null) => new()
        {
            From = Mailbox.Parse(from),
            To = to ?? [Mailbox.Parse("ada@example.net")],
            Subject = subject,
            Date = date ?? Noon,
            MessageId = "<1@example.org>",
            Text = text,
            Html = html,
            Attachments = files ?? [],
            Headers = headers ?? [],
            BoundarySeed = "seed",
        };

    public static MimeHeader Header(string name, string value) =>
        MimeHeader.TryCreate(name, value, out var header, out var problem) ? header : throw new FormatException(problem);

    public static MimeAttachment File(
        string name = "receipt.pdf", string type = "application/pdf", string? contentId = null, string content = "%PDF") =>
        MimeAttachment.FromMemory(name, type, Encoding.UTF8.GetBytes(content), contentId);

    public static async Task<byte[]> Bytes(this MimeMessage message)
    {
        var bytes = new MemoryStream();
        await foreach (var chunk in message.EncodeAsync()) bytes.Write(chunk.Span);
        return bytes.ToArray();
    }

    public static async Task<Entity> Read(this MimeMessage message) => Entity.Read(await message.Bytes());

    /// <summary>The lines of one header field as they stand on the wire.</summary>
    public static async Task<string[]> HeaderLines(this MimeMessage message, string name)
    {
        var lines = Encoding.ASCII.GetString(await message.Bytes()).Split("\r\n");
        var first = Array.FindIndex(lines, line => line.StartsWith(name + ":", StringComparison.Ordinal));
        Assert.True(first >= 0, $"There is no {name}.");
        return [lines[first], .. lines[(first + 1)..].TakeWhile(line => line is [' ' or '\t', ..])];
    }

    /// <summary>Text as it must arrive: CRLF for every line end, U+FFFD for half a character.</summary>
    public static string Arriving(string text) =>
        Whole(text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);

    public static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
