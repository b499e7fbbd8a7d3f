using System.Text;
using Waybill.Mime.Encodings;
using Xunit;

namespace Waybill.Mime.Specs.Encodings;

public class Writing_base64_lines
{
    [Fact]
    public void Does_not_depend_on_the_pieces_the_content_comes_in()
    {
        var random = new Random(2);
        for (var round = 0; round < 1000; round++)
        {
            var content = new byte[random.Next(400)];
            random.NextBytes(content);

            Assert.Equal(Expected(content), Encode(content, () => random.Next(1, 130)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(114)]
    [InlineData(115)]
    [InlineData(100_000)]
    public void Takes_as_many_octets_as_announced(int octets) =>
        Assert.Equal(Encode(new byte[octets], () => 1000).Length, Base64Lines.EncodedLength(octets));

    [Fact]
    public void Announces_lengths_beyond_two_gigabytes() => Assert.Equal(5_881_579_998, Base64Lines.EncodedLength(4_298_077_691));

    static string Expected(byte[] content) =>
        string.Join("\r\n", Convert.ToBase64String(content).Chunk(76).Select(line => new string(line)));

    static string Encode(byte[] content, Func<int> nextPiece)
    {
        using var output = new OctetBuffer(16);
        var lines = new Base64Lines(output);
        for (var from = 0; from < content.Length;)
        {
            var piece = Math.Min(nextPiece(), content.Length - from);
            lines.Append(content.AsSpan(from, piece));
            from += piece;
        }
        lines.Finish();
        return Encoding.ASCII.GetString(output.Written.Span);
    }
}
