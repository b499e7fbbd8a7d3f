using Waybill.Engine.Relays;
using Waybill.Engine.Retrying;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Xunit;

namespace Waybill.Engine.Specs.Transports;

public sealed class Printing_mail_on_the_console
{
    [Fact]
    public async Task Shows_each_message_as_one_block_for_people()
    {
        var console = new StringWriter();
        await using var mock = new MockTransport(console);

        var report = await mock.HandOverAsync(Parcel("Thank you.\r\nSee https://example.com/x"), CancellationToken.None);

        Assert.IsType<AttemptOutcome.Accepted>(report.Outcomes[0]);
        Assert.Equal(
            $"""
            {new string('-', 78)}
            From: Corner Shop <shop@example.com>
            To: ada@example.org
            Subject: Your order

            Thank you.
            See https://example.com/x
            {new string('-', 78)}

            """,
            console.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Gives_the_terminal_no_commands()
    {
        var console = new StringWriter();
        await using var mock = new MockTransport(console);

        await mock.HandOverAsync(Parcel("\u001b]0;owned\u0007 \u009b31m red"), CancellationToken.None);

        Assert.Contains("·]0;owned· ·31m red", console.ToString(), StringComparison.Ordinal);
    }

    static Parcel Parcel(string text) =>
        new(Address.Parse("shop@example.com"), [(0, Address.Parse("ada@example.org"))], MessageContent.FromMemory(default))
        {
            Message = new()
            {
                From = Mailbox.Parse("Corner Shop <shop@example.com>"),
                To = [Mailbox.Parse("ada@example.org")],
                Subject = "Your order",
                Text = text,
                MessageId = "<1@example.com>",
                Date = Noon.Instant,
                BoundarySeed = "seed",
            },
        };
}
