using System.Globalization;
using System.Text;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Mime.Specs.Messages;

public class Writing_a_message
{
    [Fact]
    public async Task Gives_these_very_bytes()
    {
        var message = new MimeMessage
        {
            From = Mailbox.Parse("Größe & Co. <shop@bücher.example>"),
            Sender = Mailbox.Parse("robot@example.org"),
            To = [Mailbox.Parse("\"Lovelace, Ada\" <ada@example.net>"), Mailbox.Parse("grace@example.net")],
            Cc = [Mailbox.Parse("Alan <alan@example.net>")],
            ReplyTo = [Mailbox.Parse("help@example.org")],
            Subject = "Your receipt",
            Date = new DateTimeOffset(2026, 3, 1, 9, 5, 7, TimeSpan.FromMinutes(-210)),
            MessageId = "<42@example.org>",
            Text = "Grüße!\n",
            Html = "<p>Hi</p><img src=\"cid:logo\">\r",
            Attachments = [Samples.File("logo.png", "image/png", "logo", "PNG"), Samples.File()],
            Headers = [Samples.Header("List-Unsubscribe", "<https://example.org/u?t=1>, <mailto:u@example.org>")],
            BoundarySeed = "0192f7c3",
        };

        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Messages", "everything.eml"));
        Assert.Equal(expected, Encoding.ASCII.GetString(await message.Bytes()));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public async Task Gives_the_same_bytes_in_any_culture(string culture)
    {
        var message = Samples.Message(
            "İstanbul INFO", "ı\n", "<i>I</i>", "INFO <INFO@EXAMPLE.org>",
            files: [Samples.File("ÇIĞ.PDF", "APPLICATION/PDF; TITLE=I")]);
        var expected = await message.Bytes();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, await message.Bytes());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Gives_the_same_bytes_each_time()
    {
        var message = Samples.Message("Größe", "a\n", "<b>", files: [Samples.File(), Samples.File(contentId: "x")]);

        Assert.Equal(await message.Bytes(), await message.Bytes());
    }

    [Fact]
    public async Task Names_nobody_hidden_but_says_that_there_are_some()
    {
        var read = await Samples.Message(to: []).Read();

        Assert.Equal("undisclosed-recipients:;", read["To"]);
        Assert.DoesNotContain("Bcc", read.Names);
    }

    [Fact]
    public async Task Leaves_out_a_sender_who_is_the_author()
    {
        var message = new MimeMessage
        {
            From = Mailbox.Parse("ada@example.org"),
            Sender = Mailbox.Parse("ada@example.org"),
            Subject = "",
            Date = Samples.Noon,
            MessageId = "<1@example.org>",
            BoundarySeed = "",
        };

        Assert.Equal(
            ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"],
            (await message.Read()).Names);
    }

    [Theory]
    [InlineData("ada@example.org", false)]
    [InlineData("ada@bücher.example", false)]
    [InlineData("Zoë <ada@example.org>", false)]
    [InlineData("zoë@example.org", true)]
    public void Needs_SMTPUTF8_only_for_a_local_part_beyond_ASCII(string mailbox, bool needed)
    {
        Assert.Equal(needed, Samples.Message(from: mailbox).NeedsSmtpUtf8);
        Assert.Equal(needed, Samples.Message(to: [Mailbox.Parse(mailbox)]).NeedsSmtpUtf8);
    }

    [Fact]
    public async Task Writes_such_a_local_part_as_UTF8() =>
        Assert.Contains(
            "From: zoë@xn--bcher-kva.example\r\n",
            Encoding.UTF8.GetString(await Samples.Message(from: "zoë@bücher.example").Bytes()),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1@example.org")]
    [InlineData("<1@example.org")]
    [InlineData("<1example.org>")]
    [InlineData("<@example.org>")]
    [InlineData("<1@>")]
    [InlineData("<1@example.org>\r\nBcc: eve@example.org")]
    [InlineData("<1@exa\r\nmple.org>")]
    [InlineData("<1 2@example.org>")]
    [InlineData("<1@2@example.org>")]
    [InlineData("<ü@example.org>")]
    [InlineData("<1..2@example.org>")]
    public void Refuses_what_is_no_message_id(string messageId) => Assert.Throws<ArgumentException>(() => new MimeMessage
    {
        From = Mailbox.Parse("ada@example.org"),
        Subject = "",
        Date = Samples.Noon,
        MessageId = messageId,
        BoundarySeed = "",
    });
}
