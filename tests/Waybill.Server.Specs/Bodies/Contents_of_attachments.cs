using System.Text;
using System.Text.Json;
using Waybill.Server.Api.Emails;

namespace Waybill.Server.Specs.Bodies;

public class Contents_of_attachments
{
    const int Block = 3 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(2 * Block)]
    [InlineData(2 * Block + 500_002)]
    public void Are_decoded_block_by_block(int length)
    {
        var octets = Octets(length);

        Assert.Equal(octets, Read(Convert.ToBase64String(octets)));
    }

    /// <summary>PHP writes a slash as \/, .NET a plus as \u002B, and some break lines.</summary>
    [Fact]
    public void Are_decoded_whatever_escapes_and_blanks_are_between()
    {
        var octets = Octets(Block + 12_345);
        var base64 = Convert.ToBase64String(octets);

        Assert.Equal(octets, Read(base64.Replace("/", "\\/", StringComparison.Ordinal)));
        Assert.Equal(
            octets, Read(base64.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("=", "\\u003d", StringComparison.Ordinal)));
        Assert.Equal(
            octets,
            Read(
                Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)
                    .Replace("\r\n", "\\r\\n", StringComparison.Ordinal)));
        Assert.Equal(octets, Read(base64 + new string(' ', 100_000)));
    }

    /// <summary>What is held at a time is 64 Ki characters: texts that end there, shortly before and shortly behind.</summary>
    [Fact]
    public void Are_decoded_as_the_runtime_does_wherever_blanks_are()
    {
        string[] blanks = ["\\n", "\\r\\n", "\\t", " ", "\\u000a", "\\u0020"];
        var random = new Random(10);
        for (var off = -4; off <= 4; off++)
        {
            var octets = Octets((random.Next(4, 8) * 49_152) + off);
            var text = new StringBuilder(Convert.ToBase64String(octets)).Append(blanks[random.Next(blanks.Length)]);
            Assert.Equal(octets, Read(text.ToString()));
            for (var i = random.Next(1, 9); i > 0; i--)
                text.Insert(random.Next(octets.Length), ' ').Append(blanks[random.Next(blanks.Length)]);
            var plain = JsonSerializer.Deserialize<string>($"\"{text}\"")!;

            Assert.Equal(Convert.FromBase64String(plain), Read(text.ToString()));
        }
    }

    [Fact]
    public void Come_again_as_often_as_they_are_asked_for()
    {
        var octets = Octets(Block + 1);
        using var json = JsonDocument.Parse($"\"{Convert.ToBase64String(octets)}\"");
        var content = PostedContent.Read(json.RootElement)!;

        Assert.Equal(octets, Joined(content));
        Assert.Equal(octets, Joined(content));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("=")]
    [InlineData("A")]
    [InlineData("\\\\")]
    [InlineData("\\u20ac")]
    [InlineData("\\u0000")]
    public void Are_refused_when_they_are_not_base64(string odd)
    {
        var good = Convert.ToBase64String(Octets(300_000));

        foreach (var text in (string[])[good[..^4] + odd, odd + good, good[..200_000] + odd + good[200_000..], odd])
        {
            using var json = JsonDocument.Parse($"\"{text}\"");
            Assert.Null(PostedContent.Read(json.RootElement));
        }
    }

    static byte[] Read(string text)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes($"\"{text}\""));
        var content = PostedContent.Read(json.RootElement)!;
        var joined = Joined(content);
        Assert.Equal(joined.Length, content.Length);
        return joined;
    }

    static byte[] Joined(PostedContent content) => [.. content.Blocks().SelectMany(block => block.ToArray())];

    static byte[] Octets(int length)
    {
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        return octets;
    }
}
