using Waybill.Documents.Pdf;
using Waybill.Documents.Pictures;
using Waybill.Testing.Real;

namespace Waybill.Documents.Specs.Pictures;

public class Showing_a_picture
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public async Task Shows_a_png_of_each_kind(int colourType, int depth)
    {
        var file = Page(Picture.Read(MadePng.HalfBlack(40, 40, colourType, depth)));
        var gray = await Poppler.GrayAsync(file);

        Assert.Empty(await Poppler.CheckAsync(file));
        Assert.InRange(gray[20 * 100 + 5], 0, 30); // its left half is black
        Assert.InRange(gray[20 * 100 + 35], 225, 255); // its right half white or not there
    }

    [Fact]
    public async Task Shows_what_is_behind_a_transparent_colour_of_a_palette()
    {
        var gray = await Poppler.GrayAsync(Page(Picture.Read(MadePng.HalfBlack(40, 40, 3, 8, [0]))));

        Assert.InRange(gray[20 * 100 + 5], 225, 255);
    }

    [Fact]
    public async Task Tells_whoever_cannot_see_it_what_it_shows() =>
        Assert.Contains(
            "Figure", await Poppler.StructureAsync(Page(Picture.Read(MadePng.HalfBlack(4, 4, 0, 8)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("hello", "neither a PNG nor a JPEG")]
    [InlineData("", "neither a PNG nor a JPEG")]
    public void Refuses_what_is_no_picture(string text, string problem) =>
        Assert.Contains(problem, Problem(System.Text.Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_bomb_by_its_header() =>
        Assert.Equal("it measures 60000 x 60000 pixels; 4000000 can be shown at most", Problem(MadePng.Header(60_000, 60_000, 0, 1)));

    [Fact]
    public void Refuses_pixels_that_are_more_than_the_header_says() =>
        Assert.Contains("broken", Problem(MadePng.Of(1, 1, 0, 8, new byte[1 << 20])), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_png_that_was_cut_anywhere()
    {
        var file = MadePng.HalfBlack(10, 10, 2, 8);

        for (var length = 0; length < file.Length; length++) Assert.NotEmpty(Problem(file[..length]));
    }

    [Fact]
    public void Refuses_a_jpeg_without_an_end() =>
        Assert.Contains("cut off", Problem(MadeJpeg.FrameOf(10, 10, channels: 3)), StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_jpeg_that_was_cut_anywhere()
    {
        byte[] file = [.. MadeJpeg.FrameOf(10, 10, channels: 3), 0xff, 0xd9];

        Assert.IsType<PictureReading.Readable>(Picture.Read(file));
        for (var length = 0; length < file.Length; length++) Assert.NotEmpty(Problem(file[..length]));
    }

    [Fact]
    public void Survives_octets_that_were_turned()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var file = round % 2 == 0 ? MadePng.HalfBlack(6, 6, 3, 2, [0, 9]) : [.. MadeJpeg.FrameOf(6, 6, 4), 0xff, 0xd9];
            for (var turn = 0; turn < 3; turn++) file[random.Next(file.Length)] = (byte)random.Next(256);

            Assert.True(Picture.Read(file) is PictureReading.Readable or PictureReading.Unreadable { Problem.Length: > 0 });
        }
    }

    static string Problem(byte[] file) => Assert.IsType<PictureReading.Unreadable>(Picture.Read(file)).Problem;

    static byte[] Page(PictureReading reading)
    {
        var document = new PdfDocument(new PdfFacts("Logo", "en", "Acme", DateTimeOffset.UnixEpoch));
        document.AddPage(200, 200)
            .Picture(
                0, 0, 80, 80, Assert.IsType<PictureReading.Readable>(reading).Picture,
                document.Root.Add(StructureTag.Figure, "Acme's logo"));
        return document.ToBytes();
    }
}
