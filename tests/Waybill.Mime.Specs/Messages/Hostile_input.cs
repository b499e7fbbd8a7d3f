using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Headers;
using Waybill.Mime.Specs.Reading;
using Xunit;

namespace Waybill.Mime.Specs.Messages;

public class Hostile_input
{
    static readonly string[] Always = ["Date", "From", "To", "Subject", "Message-ID"];

    [Fact]
    public async Task Adds_no_header_no_part_and_no_line_of_its_own()
    {
        var hostile = new Hostile(seed: 8);
        for (var round = 0; round < 3000; round++)
        {
            var subject = hostile.Text();
            var extra = MimeHeader.TryCreate(hostile.Text(3), hostile.Text(), out var header, out _) ? [header] : Array.Empty<MimeHeader>();
            var name = "x" + LineBreakersGone(hostile.Text());
            var message = Samples.Message(
                subject, hostile.Text(), hostile.Text(),
                to: [new Mailbox(name, Address.Parse("ada@example.net"))],
                files: [Samples.File(hostile.Text(), hostile.Text(4), content: hostile.Text())], headers: extra);
            var read = await message.Read();

            Assert.Equal([.. Always, .. extra.Select(added => added.Name), "MIME-Version", "Content-Type"], read.Names);
            Assert.Equal(3, read.Leaves.Count());
            Assert.EndsWith("<ada@example.net>", read["To"], StringComparison.Ordinal);
            Assert.Equal(Samples.Whole(LineBreakersGone(subject)), Decoded(read["Subject"]));
        }
    }

    [Fact]
    public void Gives_no_address_that_could_end_a_command()
    {
        var hostile = new Hostile(seed: 9);
        for (var round = 0; round < 20_000; round++)
        {
            var text = hostile.Next(2) == 0 ? $"{hostile.Text(6)}@{hostile.Text(3)}" : $"\"{hostile.Text(6)}\"@example.org";
            if (!Address.TryParse(text, out var address, out var problem))
            {
                Assert.DoesNotContain(problem, character => char.IsControl(character) || character is '\u2028' or '\u2029' or '\u202E');
                continue;
            }
            var wire = address.ToString();

            Assert.DoesNotContain(wire, character => char.IsControl(character) || character is '<' or '>');
            Assert.Equal(wire, Samples.Whole(wire));
            Assert.Equal(address, Address.Parse(wire));
            Assert.True(wire.StartsWith('"') || !wire.Contains(' ', StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Holds_the_limits_when_everything_is_ten_megabytes_long()
    {
        var long1 = string.Concat(Enumerable.Repeat("Größe\r\nBcc: e ", 10 * 1024 * 1024 / 14));
        var name = long1.Replace("\r\n", "", StringComparison.Ordinal);
        Assert.False(Address.TryParse(name + "@" + name, out _, out var problem));
        Assert.InRange(problem.Length, 10, 200);
        var to = new Mailbox(name, Address.Parse("ada@example.net"));
        var read = await Samples.Message(long1, long1, to: [to], files: [Samples.File(long1, long1)]).Read();

        Assert.Equal([.. Always, "MIME-Version", "Content-Type"], read.Names);
        Assert.Equal(long1, read.Parts[0].Text);
        Assert.Equal(name.Trim(), Decoded(read["To"])[..^" <ada@example.net>".Length]);
    }

    static bool Whole(string text) => Samples.Whole(text) == text;

    static string Decoded(string value) => value.Contains("=?utf-8?", StringComparison.Ordinal) ? Decoding.EncodedWords(value) : value;

    /// <summary>Said again in other words than the writer's: one space for every run of what may not stand in a header.</summary>
    static string LineBreakersGone(string text)
    {
        var smooth = new StringBuilder();
        var inRun = false;
        foreach (var character in text)
        {
            var breaks = char.IsControl(character) || character is '\u2028' or '\u2029';
            if (!breaks) smooth.Append(character);
            else if (!inRun) smooth.Append(' ');
            inRun = breaks;
        }
        return smooth.ToString().Trim(' ');
    }
}
