using System.Runtime.CompilerServices;
using Waybill.Mime.Bodies;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Messages;

public class Streaming_a_message
{
    const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task Comes_as_one_chunk_without_files() =>
        Assert.Equal(1, await Samples.Message(text: new string('ü', Megabyte), html: "<p>").EncodeAsync().CountAsync());

    [Theory]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(4096)]
    [InlineData(4 * Megabyte)]
    public async Task Never_holds_a_whole_file_whatever_its_pieces(int piece)
    {
        var content = new byte[piece == 1 ? 100_000 : 4 * Megabyte];
        new Random(4).NextBytes(content);
        var message = Samples.Message(files: [Pieces(content, piece)]);

        var longest = 0;
        var bytes = new MemoryStream();
        await foreach (var chunk in message.EncodeAsync())
        {
            longest = Math.Max(longest, chunk.Length);
            bytes.Write(chunk.Span);
        }

        Assert.InRange(longest, 1, 128 * 1024);
        Assert.Equal(content, Entity.Read(bytes.ToArray()).Parts[1].Content);
    }

    [Theory]
    [InlineData(null, null, new int[0])]
    [InlineData("text", null, new int[0])]
    [InlineData("text\n", "<p>\n", new[] { 0, 1, 57, 58, 76, 1000 })]
    [InlineData(null, "<p>ü", new[] { 300_000, 3 })]
    [InlineData(null, null, new[] { 5 })]
    public async Task Knows_its_length_beforehand(string? text, string? html, int[] files)
    {
        var message = Samples.Message(text: text, html: html, files: [.. files.Select(length => Pieces(new byte[length], 100))]);

        Assert.Equal((await message.Bytes()).Length, message.MeasureLength());
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public async Task Fails_when_a_file_is_not_as_long_as_announced(int announced)
    {
        var file = new MimeAttachment
        {
            FileName = "a",
            ContentType = "text/plain",
            Length = announced,
            Content = _ => Cut(new byte[10], 4)
        };

        await Assert.ThrowsAsync<InvalidDataException>(() => Samples.Message(files: [file]).Bytes());
    }

    [Fact]
    public async Task Stops_when_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var file = new MimeAttachment { FileName = "a", ContentType = "text/plain", Length = 10, Content = Endless };

        async Task Read()
        {
            await foreach (var chunk in Samples.Message(files: [file]).EncodeAsync(cancel.Token))
            {
                Assert.Fail($"{chunk.Length} octets came.");
            }
        }

        var reading = Read();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    static MimeAttachment Pieces(byte[] content, int piece) =>
        new() { FileName = "a.bin", ContentType = "application/x-a", Length = content.Length, Content = _ => Cut(content, piece) };

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Cut(byte[] content, int piece)
    {
        for (var from = 0; from < content.Length; from += piece)
        {
            if (from % (64 * piece) == 0) await Task.Yield();
            yield return content.AsMemory(from, Math.Min(piece, content.Length - from));
        }
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield return ReadOnlyMemory<byte>.Empty;
    }
}
