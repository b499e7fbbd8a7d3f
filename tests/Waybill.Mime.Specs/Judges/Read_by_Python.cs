using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Judges;

/// <summary>
/// A judge from outside: the email package of Python, which shares nothing with the writer and reports every defect it sees.
/// </summary>
public class Read_by_Python
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    static readonly string[] Words =
    [
        "order", "Größe", "漢字", "😀", "İstanbul", "שלום", "a,b", "\"quoted\"", "(comment)",
        "a@b", "=?utf-8?q?x?=", "50 %", "O'Brien", "x\\y", "<b>", ";", "e\u0301", "🏳️‍🌈",
    ];

    [Fact]
    public async Task Means_what_was_put_in_and_has_no_defect()
    {
        var folder = Directory.CreateTempSubdirectory("waybill-judge-");
        try
        {
            var messages = Enumerable.Range(0, 60).Select(seed => Any(new Random(seed))).ToArray();
            var paths = await Task.WhenAll(
                messages.Select((message, number) => SaveAsync(message, Path.Combine(folder.FullName, $"{number:D3}.eml"))));
            var readings = await JudgeAsync(paths);

            Assert.Equal(messages.Length, readings.Length);
            Assert.All(messages.Zip(readings), pair => AssertSame(pair.First, pair.Second));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void AssertSame(MimeMessage message, Reading read)
    {
        Assert.Equal([], read.Defects);
        Assert.Equal(message.Subject, read.Subject);
        Assert.Equal([Pair(message.From)], read.From);
        Assert.Equal(message.To.Select(Pair), read.To);
        Assert.Equal(message.Text?.ReplaceLineEndings("\r\n"), read.Text?.ReplaceLineEndings("\r\n"));
        Assert.Equal(message.Html?.ReplaceLineEndings("\r\n"), read.Html?.ReplaceLineEndings("\r\n"));
        Assert.Equal(
            message.Attachments.Select(file => (file.FileName, file.ContentType, file.ContentId is { } id ? $"<{id}>" : null)).Order(),
            read.Attachments.Select(file => (file.Name, file.Type, file.Cid)).Order());
        Assert.Equal(message.Attachments.Select(Sha256).Order(), read.Attachments.Select(file => file.Sha256).Order());
    }

    static MimeMessage Any(Random random)
    {
        var (text, html) = (random.Next(4) > 0 ? Lines(random, "") : null, random.Next(4) > 0 ? Lines(random, "<p>") : null);
        return Samples.Message(
            Phrase(random, 1, 30),
            text ?? (html is null ? "Hi\n" : null),
            html,
            $"{QuotedString.Write(Name(random))} <shop@bücher.example>",
            [.. Enumerable.Range(0, random.Next(1, 9))
                .Select(number => new Mailbox(random.Next(3) == 0 ? null : Name(random), Address.Parse($"\"to {number}\"@example.net")))],
            [.. Enumerable.Range(0, random.Next(4))
                .Select(number => AnyFile(random, html is null || random.Next(2) == 0 ? null : $"file{number}@example.org"))]);
    }

    static MimeAttachment AnyFile(Random random, string? contentId)
    {
        var content = new byte[random.Next(5000)];
        random.NextBytes(content);
        var name = Phrase(random, 1, 12).Replace('\\', '-') + ".pdf";
        return MimeAttachment.FromMemory(name, "application/pdf", content, contentId);
    }

    /// <summary>Short enough for one encoded-word: in a name, Python 3.11 keeps the space between two (gh-128110 there).</summary>
    static string Name(Random random)
    {
        while (true)
        {
            var name = Phrase(random, 1, 9);
            if (Encoding.UTF8.GetByteCount(name) <= 40) return name;
        }
    }

    static string Phrase(Random random, int fewest, int most) =>
        string.Join(' ', Enumerable.Range(0, random.Next(fewest, most))
            .Select(_ => random.Next(3) > 0 ? Words[random.Next(4)] : Words[random.Next(Words.Length)]));

    static string Lines(Random random, string start) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 40))
            .Select(_ => start + (random.Next(3) == 0 ? "From the shop. " : "") + Phrase(random, 0, 40) + "\n"));

    static string?[] Pair(Mailbox mailbox) => [mailbox.DisplayName ?? "", mailbox.Address.ToString()];

    static string Sha256(MimeAttachment file) =>
        Convert.ToHexStringLower(SHA256.HashData([.. file.Content(default).ToBlockingEnumerable().SelectMany(chunk => chunk.ToArray())]));

    static async Task<string> SaveAsync(MimeMessage message, string path)
    {
        await File.WriteAllBytesAsync(path, await message.Bytes());
        return path;
    }

    static async Task<Reading[]> JudgeAsync(string[] paths)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Judges", "read_message.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, .. paths])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var judge = Process.Start(start)!;
        var complaint = judge.StandardError.ReadToEndAsync();
        var answer = await judge.StandardOutput.ReadToEndAsync();
        await judge.WaitForExitAsync();
        Assert.True(judge.ExitCode == 0, await complaint);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Reading>(line, Web)!)];
    }

    sealed record Reading(
        string[] Defects, string Subject, string?[][] From, string?[][] To, string? Text, string? Html, ReadFile[] Attachments);

    sealed record ReadFile(string Name, string Type, string Sha256, string? Cid);
}
