using System.Text;
using Waybill.Smtp.Replies;
using Waybill.Smtp.Wires;

namespace Waybill.Smtp.Specs.Replies;

public class Reading_a_reply
{
    [Theory]
    [InlineData("250 ok\r\n", "250 ok")]
    [InlineData("250 ok\n", "250 ok")]
    [InlineData("250\r\n", "250")]
    [InlineData("250 \r\n", "250")]
    [InlineData("250-one\r\n250-two\n250 three\r\n", "250 one / two / three")]
    [InlineData("250-\r\n250\r\n", "250  / ")]
    [InlineData("550 d\u00e9j\u00e0 \u001b[31m\t!\r\n", "550 d\\xe9j\\xe0 \\x1b[31m\\x09!")]
    public void Takes_what_relays_send(string octets, string told) => Assert.Equal(told, Read(octets).ToString());

    [Theory]
    [InlineData("550 5.1.1 no such user", "5.1.1")]
    [InlineData("250 2.0.0", "2.0.0")]
    [InlineData("450 4.7.999 x", "4.7.999")]
    [InlineData("550 5.1.1no", null)]
    [InlineData("550 5.1 no", null)]
    [InlineData("550 5..1 no", null)]
    [InlineData("550 3.1.1 no", null)]
    [InlineData("550 5.1.1000 no", null)]
    [InlineData("550 no 5.1.1", null)]
    [InlineData("550", null)]
    public void Finds_the_enhanced_code_at_its_start(string line, string? code) =>
        Assert.Equal(code, Read($"{line}\r\n").Enhanced?.ToString());

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("150 preliminary\r\n")]
    [InlineData("600 beyond\r\n")]
    [InlineData("25\r\n")]
    [InlineData("250+ok\r\n")]
    [InlineData(" 250 ok\r\n")]
    [InlineData("250-one\r\n250-two\r\n550 three\r\n")]
    [InlineData("250-one\r\nand so on\r\n")]
    public void Refuses_what_is_none(string octets) => Assert.Throws<WireException>(() => Read(octets));

    [Fact]
    public void Takes_a_line_of_4096_octets_and_none_longer()
    {
        var longest = "250 ".PadRight(4095, 'x');

        Assert.Equal(longest[4..], Read($"{longest}\r\n").Text);
        Assert.Throws<WireException>(() => Read($"{longest}xx\r\n"));
        Assert.Throws<WireException>(() => Read($"{longest}{longest}"));
    }

    [Fact]
    public void Takes_100_lines_and_no_more()
    {
        string Lines(int count) => string.Concat(Enumerable.Repeat("250-line\r\n", count - 1)) + "250 end\r\n";

        Assert.Equal(100, Read(Lines(100)).Text.Split('\n').Length);
        Assert.Throws<WireException>(() => Read(Lines(101)));
    }

    [Fact]
    public void Takes_64_kib_and_no_more()
    {
        var line = "250-".PadRight(4000, 'x') + "\r\n";

        Assert.Throws<WireException>(() => Read(string.Concat(Enumerable.Repeat(line, 17))));
    }

    [Fact]
    public void Knows_what_is_left_over()
    {
        var reader = Filled("250 ok\r\n2");

        Assert.True(reader.TryTake(out _));
        Assert.True(reader.HasLeftovers);
    }

    [Fact]
    public void Shows_no_more_than_a_thousand_characters_of_it_as_a_reason()
    {
        var reply = Read($"550-{new string('x', 900)}\r\n550 {new string('y', 900)}\r\n");

        Assert.Equal(1000, reply.ToString().Length);
    }

    [Fact]
    public void Does_not_care_in_what_pieces_it_comes()
    {
        const string Octets = "250-one\r\n250-two\r\n250 three\r\n354 go\r\n";
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var reader = new ReplyReader();
            var taken = new List<string>();
            for (var rest = Octets; rest.Length > 0;)
            {
                var piece = random.Next(1, rest.Length + 1);
                Fill(reader, rest[..piece]);
                rest = rest[piece..];
                while (reader.TryTake(out var reply)) taken.Add(reply.ToString());
            }

            Assert.Equal(["250 one / two / three", "354 go"], taken);
        }
    }

    static Reply Read(string octets)
    {
        var reader = new ReplyReader();
        for (var rest = octets; rest.Length > 0; rest = rest[Math.Min(rest.Length, 1000)..])
        {
            Fill(reader, rest[..Math.Min(rest.Length, 1000)]);
            if (reader.TryTake(out var reply)) return reply;
        }
        throw new InvalidOperationException("The reply is not whole.");
    }

    static ReplyReader Filled(string octets)
    {
        var reader = new ReplyReader();
        Fill(reader, octets);
        return reader;
    }

    static void Fill(ReplyReader reader, string octets)
    {
        Encoding.Latin1.GetBytes(octets).CopyTo(reader.Space());
        reader.Fill(octets.Length);
    }
}
