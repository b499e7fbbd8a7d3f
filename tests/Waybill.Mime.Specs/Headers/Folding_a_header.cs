using Waybill.Mime.Addresses;
using Waybill.Mime.Specs.Messages;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Headers;

public class Folding_a_header
{
    [Fact]
    public async Task Folds_a_long_subject_below_78_columns_and_only_at_white_space()
    {
        var subject = string.Join(" ", Enumerable.Range(0, 60).Select(number => new string('w', number % 12 + 1)));
        var message = Samples.Message(subject);
        var lines = await message.HeaderLines("Subject");

        Assert.True(lines.Length > 4);
        Assert.All(lines, line => Assert.True(line.Length <= 78));
        Assert.Equal($"Subject: {subject}", string.Concat(lines));
    }

    [Fact]
    public async Task Keeps_double_spaces_where_it_folds()
    {
        var subject = string.Join("  ", Enumerable.Repeat("seven77", 30));

        Assert.Equal(subject, (await Samples.Message(subject).Read())["Subject"]);
    }

    [Fact]
    public async Task Never_breaks_a_word_of_a_List_Unsubscribe()
    {
        var link = $"<https://example.org/u?token={new string('t', 300)}>";
        var header = Samples.Header("List-Unsubscribe", $"<mailto:u@example.org>, {link}");
        var lines = await Samples.Message(headers: [header]).HeaderLines("List-Unsubscribe");

        Assert.Equal(["List-Unsubscribe: <mailto:u@example.org>,", $" {link}"], lines);
    }

    [Fact]
    public async Task Folds_References_between_ids()
    {
        var ids = Enumerable.Range(100, 12).Select(number => $"<{number}.abcdef@mail.example.org>").ToArray();
        var lines = await Samples.Message(headers: [Samples.Header("References", string.Join(' ', ids))]).HeaderLines("References");

        Assert.All(lines, line => Assert.True(line.Length <= 78));
        Assert.Equal(ids, string.Concat(lines)["References: ".Length..].Split(' '));
    }

    [Fact]
    public async Task Folds_a_long_address_list_between_addresses()
    {
        var to = Enumerable.Range(1, 100).Select(number => Mailbox.Parse($"\"Buyer, {number}\" <buyer{number}@example.net>")).ToArray();
        var lines = await Samples.Message(to: to).HeaderLines("To");

        Assert.All(lines, line => Assert.True(line.Length <= 78));
        Assert.Equal(string.Join(", ", to.Select(mailbox => mailbox.ToString())), string.Concat(lines)["To: ".Length..]);
    }

    [Fact]
    public async Task Leaves_room_for_the_comma_whatever_the_length_of_an_address()
    {
        for (var length = 1; length <= 50; length++)
        {
            var to = Enumerable.Repeat(Mailbox.Parse($"{new string('a', length)}@example.net"), 8).ToArray();

            Assert.All(await Samples.Message(to: to).HeaderLines("To"), line => Assert.True(line.Length <= 78));
        }
    }

    [Fact]
    public async Task Keeps_lines_with_encoded_words_within_76_columns()
    {
        var to = Enumerable.Range(1, 40)
            .Select(number => new Mailbox(string.Concat(Enumerable.Repeat("Größe ", number)), Address.Parse("ada@example.net")))
            .ToArray();
        var message = Samples.Message(string.Concat(Enumerable.Repeat("漢字 und ", 50)), to: to);

        Assert.All(await message.HeaderLines("Subject"), line => Assert.True(line.Length <= 76));
        Assert.All(await message.HeaderLines("To"), line => Assert.True(line.Length <= 76));
    }

    [Fact]
    public async Task Moves_a_name_to_the_next_line_rather_than_cutting_it_in_two()
    {
        Mailbox[] to = [Mailbox.Parse("grace@example.net"), Mailbox.Parse("Bérénice-Amélie Dûbois-Bénard <b@example.net>")];
        var lines = await Samples.Message(to: to).HeaderLines("To");

        Assert.Equal(
            ["To: grace@example.net,", " =?utf-8?b?QsOpcsOpbmljZS1BbcOpbGllIETDu2JvaXMtQsOpbmFyZA==?=", " <b@example.net>"],
            lines);
    }

    [Theory]
    [InlineData("plain words", "Subject: plain words")]
    [InlineData("  at the ends ", "Subject: at the ends")]
    [InlineData("", "Subject:")]
    [InlineData("a\r\nBcc: eve@example.org", "Subject: a Bcc: eve@example.org")]
    [InlineData("a\u2028\0\tb", "Subject: a b")]
    [InlineData("=?utf-8?q?literal?=", "Subject: =?utf-8?b?PT91dGYtOD9xP2xpdGVyYWw/PQ==?=")]
    public async Task Writes_a_short_subject_on_one_line(string subject, string line) =>
        Assert.Equal([line], await Samples.Message(subject).HeaderLines("Subject"));

    [Theory]
    [InlineData(901)]
    [InlineData(20_000)]
    public async Task Encodes_a_subject_with_a_word_that_no_line_could_hold(int length)
    {
        var lines = await Samples.Message(new string('w', length)).HeaderLines("Subject");

        Assert.All(lines, line => Assert.True(line.Length <= 76));
        Assert.Equal(new string('w', length), Decoding.EncodedWords(string.Concat(lines)["Subject: ".Length..]));
    }

    [Theory]
    [InlineData("Ada", "Ada <ada@example.net>")]
    [InlineData("Ada L. (Books)", "\"Ada L. (Books)\" <ada@example.net>")]
    [InlineData("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\" <ada@example.net>")]
    [InlineData("two  spaces", "\"two  spaces\" <ada@example.net>")]
    [InlineData("Zoë", "=?utf-8?q?Zo=C3=AB?= <ada@example.net>")]
    [InlineData("=?utf-8?q?boss?=", "=?utf-8?b?PT91dGYtOD9xP2Jvc3M/PQ==?= <ada@example.net>")]
    public async Task Quotes_or_encodes_a_display_name_as_it_must(string name, string written) =>
        Assert.Equal(
            [$"To: {written}"],
            await Samples.Message(to: [new Mailbox(name, Address.Parse("ada@example.net"))]).HeaderLines("To"));
}
