using System.Text;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Mime.Specs.Addresses;

public class Judging_a_name
{
    [Theory]
    [InlineData("Acme\u2028Inc.", "U+2028")]
    [InlineData("Acme\u2029", "U+2029")]
    [InlineData("Acme\u0085Inc.", "U+0085")]
    [InlineData("Acme\tInc.", "U+0009")]
    [InlineData("Acme\r\nBcc: x", "U+000D")]
    [InlineData("Acme\0", "U+0000")]
    [InlineData("Acme\u007f", "U+007F")]
    [InlineData("Acme\ufffe", "U+FFFE")]
    [InlineData("Acme\ufdd0", "U+FDD0")]
    [InlineData("Acme\U0001ffff", "U+1FFFF")]
    [InlineData("\u202efdp.exe", "U+202E")]
    [InlineData("\u202a\u202bAcme\u202c", "U+202A")]
    [InlineData("Acme\u202c", "U+202C")]
    [InlineData("Acme\u2069", "U+2069")]
    [InlineData("\u2067Acme", "U+2067")]
    [InlineData("\u2067Acme\u202c", "U+202C")]
    [InlineData("\u202b\u2066Acme\u202c\u2069", "U+202C")]
    public void Names_the_first_character_that_is_in_the_way(string name, string character)
    {
        Assert.Equal(character, NameText.Objection(name));
        Assert.Null(NameText.Objection(NameText.Clean(name)));
    }

    [Fact]
    public void Refuses_half_a_character()
    {
        Assert.Equal("U+D800", NameText.Objection("a\ud800b"));
        Assert.Equal("U+DC00", NameText.Objection("a\udc00"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Corner Shop")]
    [InlineData("Café Zürich – 東京 😀")]
    [InlineData("כתר\u200f (1)")]
    [InlineData("\u2067شركة\u2069 Ltd")]
    [InlineData("\u202bشركة\u202c")]
    [InlineData("👩‍🔧 Ann")]
    public void Lets_every_writing_be(string name)
    {
        Assert.Null(NameText.Objection(name));
        Assert.Same(name, NameText.Clean(name));
    }

    /// <summary>Whatever passes as a name, or was made to, is written into a header and read again; nothing throws.</summary>
    [Fact]
    public void Lets_nothing_through_that_a_message_cannot_hold()
    {
        var random = new Random(13);
        var (address, refused) = (Address.Parse("ada@example.org"), 0);
        for (var round = 0; round < 20_000; round++)
        {
            var name = Hostile(random);
            if (NameText.Objection(name) is not null) refused++;
            var mailbox = new Mailbox(name, address);
            Assert.Equal(mailbox, Mailbox.Parse(mailbox.ToString()));
            Assert.DoesNotContain('\u2028', mailbox.ToString());
        }

        Assert.InRange(refused, 1_000, 19_000);
    }

    static string Hostile(Random random)
    {
        const string Marks =
            "\r\n\0\t\u0085\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\ufdd0\ud83d\ude00\ud800\udc00\"\\,<>@ "
                + "aäé東";
        var name = new StringBuilder();
        for (var i = random.Next(1, 8); i > 0; i--) name.Append(Marks[random.Next(Marks.Length)]).Append(random.Next(3) == 0 ? "b" : "");
        return name.ToString();
    }
}
