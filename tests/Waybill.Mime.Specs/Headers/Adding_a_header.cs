using Waybill.Mime.Headers;
using Waybill.Mime.Specs.Messages;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Headers;

public class Adding_a_header
{
    [Theory]
    [InlineData("X-Order", "42", "X-Order: 42")]
    [InlineData("X-Order", " 42\t", "X-Order: 42")]
    [InlineData("X-Tab", "a\tb", "X-Tab: a\tb")]
    [InlineData("X-Word", "=?utf-8?q?x?=", "X-Word: =?utf-8?q?x?=")]
    [InlineData("X-Name", "Zoë", "X-Name: =?utf-8?q?Zo=C3=AB?=")]
    [InlineData("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")]
    public async Task Writes_its_value(string name, string value, string line) =>
        Assert.Equal([line], await Samples.Message(headers: [Samples.Header(name, value)]).HeaderLines(name));

    [Theory]
    [InlineData("", "x", "The header has no name.")]
    [InlineData("X Order", "x", "The header name \"X Order\" may contain only printable ASCII characters, and no colon or space.")]
    [InlineData("X:Order", "x", "The header name \"X:Order\" may contain only printable ASCII characters, and no colon or space.")]
    [InlineData("X-Größe", "x", "The header name \"X-Größe\" may contain only printable ASCII characters, and no colon or space.")]
    [InlineData("X\r\nBcc", "x",
        "The header name \"X\\U+000D\\U+000ABcc\" may contain only printable ASCII characters, and no colon or space.")]
    [InlineData("X-Order", "", "The header X-Order has no value.")]
    [InlineData("X-Order", " ", "The header X-Order has no value.")]
    [InlineData("X-Order", "1\r\nBcc: eve@example.org", "The value of the header X-Order may not contain a carriage return (U+000D).")]
    [InlineData("X-Order", "1\n2", "The value of the header X-Order may not contain a line feed (U+000A).")]
    [InlineData("X-Order", "1\0", "The value of the header X-Order may not contain a NUL (U+0000).")]
    [InlineData("X-Order", "1\u001B", "The value of the header X-Order may not contain the invisible character U+001B.")]
    [InlineData("X-Order", "1\u0085", "The value of the header X-Order may not contain the invisible character U+0085.")]
    [InlineData("X-Order", "1\u2029", "The value of the header X-Order may not contain the invisible character U+2029.")]
    [InlineData("List-Id", "Größe <x.example.org>", "The value of the header List-Id may contain only ASCII characters.")]
    [InlineData("in-reply-to", "<ü@example.org>", "The value of the header in-reply-to may contain only ASCII characters.")]
    public void Says_in_one_sentence_what_is_wrong(string name, string value, string expected)
    {
        Assert.False(MimeHeader.TryCreate(name, value, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("From")]
    [InlineData("sender")]
    [InlineData("TO")]
    [InlineData("Cc")]
    [InlineData("Bcc")]
    [InlineData("Reply-To")]
    [InlineData("Subject")]
    [InlineData("Date")]
    [InlineData("Message-Id")]
    [InlineData("MIME-Version")]
    [InlineData("Content-Type")]
    [InlineData("Content-Transfer-Encoding")]
    [InlineData("content-language")]
    [InlineData("Return-Path")]
    [InlineData("Received")]
    [InlineData("DKIM-Signature")]
    [InlineData("Resent-Bcc")]
    public void Leaves_to_Waybill_what_Waybill_writes(string name)
    {
        Assert.False(MimeHeader.TryCreate(name, "x", out _, out var problem));
        Assert.Equal($"The header {name} is written by Waybill itself and cannot be set.", problem);
    }

    [Fact]
    public void Takes_names_of_70_characters_and_words_of_900()
    {
        Assert.True(MimeHeader.TryCreate(new string('X', 70), new string('w', 900), out _, out _));
        Assert.False(MimeHeader.TryCreate(new string('X', 71), "x", out _, out _));
        Assert.False(MimeHeader.TryCreate("X", new string('w', 901), out _, out var problem));
        Assert.Equal("The value of the header X has a word of more than 900 characters, which cannot be folded.", problem);
    }

    [Fact]
    public async Task Keeps_the_longest_name_and_word_below_the_hard_limit()
    {
        var (name, value) = (new string('X', 70), new string('w', 900));

        Assert.Equal(value, (await Samples.Message(headers: [Samples.Header(name, value)]).Read())[name]);
    }

    [Fact]
    public async Task Arrives_as_it_was_given_for_any_value_it_accepts()
    {
        var hostile = new Hostile(seed: 5);
        var accepted = 0;
        for (var round = 0; round < 4000; round++)
        {
            if (!MimeHeader.TryCreate("X-Note", hostile.Text(longest: 8), out var header, out _)) continue;
            accepted++;
            var written = (await Samples.Message(headers: [header]).Read())["X-Note"];

            Assert.Equal(Samples.Whole(header.Value), written == header.Value ? written : Decoding.EncodedWords(written));
        }
        Assert.InRange(accepted, 500, 4000);
    }
}
