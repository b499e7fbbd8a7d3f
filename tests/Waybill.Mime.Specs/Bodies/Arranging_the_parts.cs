using Waybill.Mime.Bodies;
using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Bodies;

public class Arranging_the_parts
{
    [Theory]
    [InlineData(null, null, 0, 0, "plain")]
    [InlineData("t", null, 0, 0, "plain")]
    [InlineData(null, "h", 0, 0, "html")]
    [InlineData("t", "h", 0, 0, "alternative(plain,html)")]
    [InlineData(null, "h", 2, 0, "related(html,png,png)")]
    [InlineData("t", "h", 1, 0, "alternative(plain,related(html,png))")]
    [InlineData("t", null, 0, 1, "mixed(plain,pdf)")]
    [InlineData("t", "h", 0, 2, "mixed(alternative(plain,html),pdf,pdf)")]
    [InlineData("t", "h", 1, 1, "mixed(alternative(plain,related(html,png)),pdf)")]
    [InlineData("t", null, 1, 1, "mixed(plain,png,pdf)")]
    [InlineData(null, null, 0, 1, "mixed(pdf)")]
    [InlineData(null, null, 1, 0, "mixed(png)")]
    public async Task Nests_only_what_is_there(string? text, string? html, int inline, int files, string shape)
    {
        IEnumerable<MimeAttachment> pictures =
            Enumerable.Range(0, inline).Select(number => Samples.File("a.png", "image/png", $"p{number}"));
        var read = await Samples.Message(text: text, html: html, files: [.. pictures, .. Enumerable.Repeat(Samples.File(), files)]).Read();

        Assert.Equal(shape, read.Shape);
    }

    [Fact]
    public async Task Gives_each_level_a_boundary_that_no_body_can_contain()
    {
        var read = await Samples.Message(text: "t", html: "h", files: [Samples.File(), Samples.File(contentId: "x")]).Read();
        string[] boundaries =
        [
            read.Parameter("Content-Type", "boundary"),
            read.Parts[0].Parameter("Content-Type", "boundary"),
            read.Parts[0].Parts[1].Parameter("Content-Type", "boundary"),
        ];

        Assert.Equal(3, boundaries.Distinct().Count());
        Assert.All(boundaries, boundary => Assert.StartsWith("=_", boundary, StringComparison.Ordinal));
        Assert.All(boundaries, boundary => Assert.InRange(boundary.Length, 20, 70));
    }

    [Fact]
    public async Task Survives_a_text_that_knows_the_boundary()
    {
        var boundary = (await Samples.Message(html: "h").Read()).Parameter("Content-Type", "boundary");
        var text = $"a\r\n--{boundary}\r\nContent-Type: text/html\r\n\r\nevil\r\n--{boundary}--\r\n";
        var read = await Samples.Message(text: text, html: text).Read();

        Assert.Equal("alternative(plain,html)", read.Shape);
        Assert.Equal([text, text], read.Parts.Select(part => part.Text));
    }
}
