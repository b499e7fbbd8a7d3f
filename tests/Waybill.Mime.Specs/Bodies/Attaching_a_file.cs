using Waybill.Mime.Bodies;
using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Bodies;

public class Attaching_a_file
{
    [Theory]
    [InlineData("receipt.pdf", "receipt.pdf", "receipt.pdf")]
    [InlineData("my receipt (1).pdf", "my receipt (1).pdf", "my receipt (1).pdf")]
    [InlineData("Größe.pdf", "Größe.pdf", "Gr__e.pdf")]
    [InlineData("漢字.pdf", "漢字.pdf", "__.pdf")]
    [InlineData("a\"b.pdf", "a\"b.pdf", "a_b.pdf")]
    [InlineData("=?utf-8?q?x?=", "=?utf-8?q?x?=", "=_utf-8_q_x_=")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd", ".._.._etc_passwd")]
    [InlineData("C:\\x.exe", "C:_x.exe", "C:_x.exe")]
    [InlineData("a\r\nBcc: eve@example.org", "a__Bcc: eve@example.org", "a__Bcc: eve@example.org")]
    [InlineData("a\0b\u001B\u0085\u2028.pdf", "a_b___.pdf", "a_b___.pdf")]
    [InlineData("cod\u202Efdp.exe", "cod_fdp.exe", "cod_fdp.exe")]
    [InlineData("", "attachment", "attachment")]
    [InlineData(" ", "attachment", "attachment")]
    [InlineData("..", "attachment", "attachment")]
    public async Task Gets_a_harmless_name_and_an_ASCII_one(string given, string name, string fallback)
    {
        var part = (await Samples.Message(files: [Samples.File(given)]).Read()).Parts[1];

        Assert.Equal(name, part.Parameter("Content-Disposition", "filename"));
        Assert.Equal(fallback, part.Parameter("Content-Type", "name"));
    }

    [Theory]
    [InlineData("receipt.pdf", "attachment; filename=\"receipt.pdf\"")]
    [InlineData("Größe (1).pdf", "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29.pdf")]
    [InlineData("a'b*c%d;é", "attachment; filename*=UTF-8''a%27b%2Ac%25d%3B%C3%A9")]
    public async Task Writes_the_name_quoted_or_percent_encoded(string given, string disposition) =>
        Assert.Equal(disposition, (await Samples.Message(files: [Samples.File(given)]).Read()).Parts[1]["Content-Disposition"]);

    [Fact]
    public async Task Cuts_a_long_name_into_sections_with_no_character_cut_in_two()
    {
        var name = string.Concat(Enumerable.Repeat("größe漢😀", 18)) + ".pdf";
        var message = Samples.Message(files: [Samples.File(name)]);
        var lines = await message.HeaderLines("Content-Disposition");

        Assert.True(lines.Length > 5);
        Assert.All(lines, line => Assert.True(line.Length <= 78));
        Assert.Equal(name, (await message.Read()).Parts[1].Parameter("Content-Disposition", "filename"));
    }

    [Fact]
    public async Task Keeps_the_extension_of_a_name_it_must_cut()
    {
        var part = (await Samples.Message(files: [Samples.File(new string('n', 5000) + ".pdf")]).Read()).Parts[1];

        Assert.Equal(new string('n', 146) + ".pdf", part.Parameter("Content-Disposition", "filename"));
    }

    [Fact]
    public async Task Cannot_break_out_with_any_name()
    {
        var hostile = new Hostile(seed: 7);
        for (var round = 0; round < 2000; round++)
        {
            var given = hostile.Text(12);
            var part = (await Samples.Message(files: [Samples.File(given)]).Read()).Parts[1];

            Assert.Equal(["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"], part.Names);
            Assert.Equal(FileName.Harmless(given), part.Parameter("Content-Disposition", "filename"));
        }
    }

    [Theory]
    [InlineData("application/pdf", "application/pdf; name=\"a\"")]
    [InlineData("Application/PDF", "application/pdf; name=\"a\"")]
    [InlineData("text/calendar; method=REQUEST; charset=\"utf-8\"", "text/calendar; method=REQUEST; charset=\"utf-8\"; name=\"a\"")]
    [InlineData("text/csv;header=present ; name=\"evil\"", "text/csv; header=present; name=\"a\"")]
    [InlineData("text/x; q=\"a;\\\"b\"", "text/x; q=\"a;\\\"b\"; name=\"a\"")]
    [InlineData("multipart/mixed; boundary=x", "application/octet-stream; name=\"a\"")]
    [InlineData("message/rfc822", "application/octet-stream; name=\"a\"")]
    [InlineData("pdf", "application/octet-stream; name=\"a\"")]
    [InlineData("", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b/c", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b; c", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b;", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b; c=\"d", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b; c=\"d\" e", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b; c=é", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b\r\nBcc: eve@example.org", "application/octet-stream; name=\"a\"")]
    [InlineData("a/b; c=\"\r\nBcc: eve@example.org\"", "application/octet-stream; name=\"a\"")]
    public async Task Has_its_media_type_written_from_parsed_parts_or_is_octets(string given, string written) =>
        Assert.Equal(written, (await Samples.Message(files: [Samples.File("a", given)]).Read()).Parts[1]["Content-Type"]);

    [Fact]
    public async Task Is_inline_when_the_HTML_refers_to_it()
    {
        var message = Samples.Message(text: null, html: "<img src=\"cid:logo@1\">", files: [Samples.File(contentId: "logo@1")]);
        var part = (await message.Read()).Parts[1];

        Assert.Equal("<logo@1>", part["Content-ID"]);
        Assert.StartsWith("inline;", part["Content-Disposition"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a>b")]
    [InlineData("<a>")]
    [InlineData("é")]
    [InlineData("a\r\nb")]
    public void Refuses_what_is_no_content_id(string contentId)
    {
        Assert.False(MimeAttachment.IsContentId(contentId));
        Assert.Throws<ArgumentException>(() => Samples.File(contentId: contentId));
    }
}
