using Waybill.Mime.Addresses;
using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Addresses;

public class Reading_a_mailbox
{
    [Theory]
    [InlineData("ada@example.org", null, "ada@example.org", "ada@example.org")]
    [InlineData("<ada@example.org>", null, "ada@example.org", "ada@example.org")]
    [InlineData("  Ada  <ada@example.org> ", "Ada", "ada@example.org", "Ada <ada@example.org>")]
    [InlineData("Ada<ada@example.org>", "Ada", "ada@example.org", "Ada <ada@example.org>")]
    [InlineData("\"Lovelace, Ada\" <ada@example.org>", "Lovelace, Ada", "ada@example.org", "\"Lovelace, Ada\" <ada@example.org>")]
    [InlineData("\"a \\\"b\\\" <c>\" <ada@example.org>", "a \"b\" <c>", "ada@example.org", "\"a \\\"b\\\" <c>\" <ada@example.org>")]
    [InlineData("\"\" <ada@example.org>", null, "ada@example.org", "ada@example.org")]
    [InlineData("Acme Inc. <ada@example.org>", "Acme Inc.", "ada@example.org", "\"Acme Inc.\" <ada@example.org>")]
    [InlineData("Zoë Ñandú <ada@example.org>", "Zoë Ñandú", "ada@example.org", "Zoë Ñandú <ada@example.org>")]
    [InlineData("=?utf-8?q?Ada?= <ada@example.org>", "=?utf-8?q?Ada?=", "ada@example.org", "=?utf-8?q?Ada?= <ada@example.org>")]
    [InlineData("\"ada lovelace\"@example.org", null, "\"ada lovelace\"@example.org", "\"ada lovelace\"@example.org")]
    [InlineData("Ada <\"ada l\"@example.org>", "Ada", "\"ada l\"@example.org", "Ada <\"ada l\"@example.org>")]
    public void Keeps_name_and_address_and_can_be_read_again(string text, string? name, string address, string shown)
    {
        var mailbox = Mailbox.Parse(text);

        Assert.Equal((name, address, shown), (mailbox.DisplayName, mailbox.Address.ToString(), mailbox.ToString()));
        Assert.Equal(mailbox, Mailbox.Parse(shown));
    }

    [Theory]
    [InlineData("", "The address is empty.")]
    [InlineData("Ada <ada@example.org", "The mailbox \"Ada <ada@example.org\" has a < without a > at its end.")]
    [InlineData("Ada <ada@example.org> x", "The mailbox \"Ada <ada@example.org> x\" has a < without a > at its end.")]
    [InlineData("Lovelace, Ada <ada@example.org>", "The name \"Lovelace, Ada\" may contain \",\" only inside quotes.")]
    [InlineData("a@b.example, <ada@example.org>", "The name \"a@b.example,\" may contain \",\" only inside quotes.")]
    [InlineData("\"Ada\" x <ada@example.org>", "The name \"\"Ada\" x\" has a quote that does not close at its end.")]
    [InlineData("Ada\r\nBcc: eve <ada@example.org>",
        "The name \"Ada\\U+000D\\U+000ABcc: eve\" may not contain a carriage return (U+000D).")]
    [InlineData("\"Ada\nBcc\" <ada@example.org>", "The name \"Ada\\U+000ABcc\" may not contain a line feed (U+000A).")]
    [InlineData("Ada\0 <ada@example.org>", "The name \"Ada\\U+0000\" may not contain a NUL (U+0000).")]
    [InlineData("Ada\u2028 <ada@example.org>", "The name \"Ada\\U+2028\" may not contain the invisible character U+2028.")]
    [InlineData("Ada <>", "The address is empty.")]
    [InlineData("Ada <a@b>, Eve <e@x>", "The address has a second @, in \"b>, Eve <e@x\".")]
    public void Says_in_one_sentence_what_is_wrong(string text, string expected)
    {
        Assert.False(Mailbox.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Is_read_again_from_what_it_shows_whatever_the_name()
    {
        var hostile = new Hostile(seed: 10);
        var accepted = 0;
        for (var round = 0; round < 5000; round++)
        {
            if (!Mailbox.TryParse($"{QuotedString.Write(hostile.Text(6))} <ada@example.org>", out var mailbox, out _)) continue;
            accepted++;
            Assert.Equal(mailbox, Mailbox.Parse(mailbox.ToString()));
        }
        Assert.InRange(accepted, 500, 5000);
    }

    [Theory]
    [InlineData("Ada\r\nBcc: eve@example.org", "Ada  Bcc: eve@example.org")]
    [InlineData("Ada\u0085", "Ada")]
    [InlineData("\u2028Ada\u2029Lovelace", "Ada Lovelace")]
    [InlineData("\u2028", null)]
    public void Is_built_around_no_name_that_breaks_the_line(string name, string? shown) =>
        Assert.Equal(shown, new Mailbox(name, Address.Parse("ada@example.org")).DisplayName);

    [Fact]
    public void Takes_a_blank_name_for_none() =>
        Assert.Equal(new Mailbox(null, Address.Parse("ada@example.org")), new Mailbox("  ", Address.Parse("ada@example.org")));
}
