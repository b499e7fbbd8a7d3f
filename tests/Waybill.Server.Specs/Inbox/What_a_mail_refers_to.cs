using Waybill.Screens.Pages.Messages;

namespace Waybill.Server.Specs.Inbox;

public class What_a_mail_refers_to
{
    [Fact]
    public void Is_told_apart_as_links_and_what_would_be_fetched()
    {
        var found =
            MailReferences.Of(
                "<a class=x href='https://shop.example/?a=1&amp;b=2'>go</a><img src=https://pixel.example/1.gif><p "
                    + "style=\"background:url(//style.example/x)\">");

        Assert.Equal(["https://shop.example/?a=1&b=2"], found.Links);
        Assert.Equal(["https://pixel.example/1.gif", "//style.example/x"], found.Fetched);
    }

    [Theory]
    [InlineData("<a ")]
    [InlineData("<a\n")]
    [InlineData(" src=")]
    [InlineData("url(")]
    public void Is_read_whatever_a_stranger_repeats(string piece) =>
        Assert.NotNull(MailReferences.Of(string.Concat(Enumerable.Repeat(piece, 200_000))));
}
