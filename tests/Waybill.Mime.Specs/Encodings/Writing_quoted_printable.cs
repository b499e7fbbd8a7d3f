using System.Text;
using Waybill.Mime.Encodings;
using Waybill.Mime.Specs.Messages;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Encodings;

public class Writing_quoted_printable
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ~!text", "plain ~!text")]
    [InlineData("Größe", "Gr=C3=B6=C3=9Fe")]
    [InlineData("1+1=2", "1+1=3D2")]
    [InlineData("ends in space ", "ends in space=20")]
    [InlineData("ends in tab\t", "ends in tab=09")]
    [InlineData("a\tb", "a\tb")]
    [InlineData(" ", "=20")]
    [InlineData("From here", "=46rom here")]
    [InlineData("Fromage", "Fromage")]
    [InlineData(".", ".")]
    [InlineData("\0\u001B\u007F", "=00=1B=7F")]
    [InlineData("=_", "=3D_")]
    public void Escapes_what_cannot_travel(string line, string expected) => Assert.Equal(expected, Encode(line));

    [Fact]
    public void Breaks_softly_before_column_76_and_never_inside_an_escape()
    {
        Assert.Equal($"{new string('a', 75)}=\r\naa", Encode(new string('a', 77)));
        Assert.Equal($"{new string('a', 74)}=\r\n=C3=BC", Encode(new string('a', 74) + "ü"));
    }

    [Fact]
    public void Escapes_From_at_the_start_of_a_softly_broken_line_too() =>
        Assert.Equal($"{new string('a', 75)}=\r\n=46rom b", Encode(new string('a', 75) + "From b"));

    [Fact]
    public void Is_undone_by_a_decoder_for_any_line()
    {
        var hostile = new Hostile(seed: 1);
        for (var round = 0; round < 3000; round++)
        {
            var line = hostile.Text().Replace('\r', 'r').Replace('\n', 'n');
            var encoded = Encode(line);

            Assert.Equal(Encoding.UTF8.GetBytes(line), Decoding.QuotedPrintable(Encoding.ASCII.GetBytes(encoded)));
            Assert.All(encoded.Split("\r\n"), written => Assert.True(written.Length <= 76));
            Assert.DoesNotContain("=_", encoded, StringComparison.Ordinal);
            Assert.DoesNotContain("\r\nFrom ", encoded, StringComparison.Ordinal);
        }
    }

    static string Encode(string line)
    {
        using var output = new OctetBuffer(16);
        QuotedPrintable.WriteLine(Encoding.UTF8.GetBytes(line), output);
        return Encoding.ASCII.GetString(output.Written.Span);
    }
}
