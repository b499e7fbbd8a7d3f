using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Bodies;

public class Choosing_a_transfer_encoding
{
    const string Quoted = "Viele Grüße aus der Stadt, in der wir wohnen: ";

    [Theory]
    [InlineData("Hello.\n", "7bit")]
    [InlineData("", "7bit")]
    [InlineData("a\tb\n.\n..\n", "7bit")]
    [InlineData("Fromage\n", "7bit")]
    [InlineData("From here\nthe text goes on and on and on\n", "quoted-printable")]
    [InlineData("the text goes on and on\n\rFrom here\n", "quoted-printable")]
    [InlineData("it ends in a space \nand goes on\n", "quoted-printable")]
    [InlineData("it looks like a boundary\n--=_x\n", "quoted-printable")]
    [InlineData("a NUL\0in a text, which nobody sees\n", "quoted-printable")]
    [InlineData("an escape\u001B[2J in a text, which nobody sees\n", "quoted-printable")]
    [InlineData("Viele Grüße aus der Stadt, in der wir wohnen\n", "quoted-printable")]
    [InlineData("Привет, мир\n", "base64")]
    [InlineData("漢字\n", "base64")]
    public async Task Takes_the_plainest_that_arrives_unharmed(string text, string expected)
    {
        var read = await Samples.Message(text: text).Read();

        Assert.Equal(expected, read["Content-Transfer-Encoding"]);
    }

    [Fact]
    public async Task Sends_lines_of_200_octets_as_they_are_and_quotes_longer_ones()
    {
        Assert.Equal("7bit", (await Samples.Message(text: new string('a', 200)).Read())["Content-Transfer-Encoding"]);
        Assert.Equal("quoted-printable", (await Samples.Message(text: new string('a', 201)).Read())["Content-Transfer-Encoding"]);
    }

    [Theory]
    [InlineData("a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd\r\n")]
    [InlineData("a\r\r\nb", "a\r\n\r\nb\r\n")]
    [InlineData("a\n\rb\r", "a\r\n\r\nb\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("\n", "\r\n")]
    public async Task Makes_every_line_end_CRLF_once_and_ends_the_message_with_one(string text, string expected)
    {
        Assert.Equal(expected, (await Samples.Message(text: text).Read()).Text);
        Assert.Equal(Quoted + expected, (await Samples.Message(text: Quoted + text).Read()).Text);
    }

    [Fact]
    public async Task Adds_nothing_to_a_text_among_other_parts()
    {
        var read = await Samples.Message(text: "no line end", html: "<b>\n").Read();

        Assert.Equal(["no line end", "<b>\r\n"], read.Parts.Select(part => part.Text));
    }

    [Fact]
    public async Task Delivers_any_text_to_the_letter()
    {
        var hostile = new Hostile(seed: 6);
        for (var round = 0; round < 2000; round++)
        {
            var (text, html) = (hostile.Text(), hostile.Text(200));
            var read = await Samples.Message(text: text, html: html).Read();

            Assert.Equal([Samples.Arriving(text), Samples.Arriving(html)], read.Parts.Select(part => part.Text));
        }
    }
}
