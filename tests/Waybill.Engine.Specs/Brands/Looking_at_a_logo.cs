using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Waybill.Documents.Pictures;
using Waybill.Engine.Brands;
using Xunit;

namespace Waybill.Engine.Specs.Brands;

public class Looking_at_a_logo
{
    [Fact]
    public void Knows_a_png_and_its_size() => Assert.Equal(("image/png", 120, 40, null), LogoImage.Read(Png(120, 40)));

    [Fact]
    public void Knows_a_jpeg_and_its_size() => Assert.Equal(("image/jpeg", 120, 40, null), LogoImage.Read(Jpeg(120, 40)));

    [Fact]
    public void Refuses_what_is_neither() =>
        Assert.Contains(
            "neither a PNG nor a JPEG", LogoImage.Read("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8).Problem,
            StringComparison.Ordinal);

    [Fact]
    public void Refuses_more_than_256_KiB() =>
        Assert.Contains("256 KiB", LogoImage.Read([.. Png(10, 10), .. new byte[LogoImage.LargestSize]]).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(4_001, 10)]
    [InlineData(4_000, 4_000)]
    [InlineData(100_000, 100_000)]
    [InlineData(-5, 10)]
    public void Refuses_a_size_that_no_screen_has(int width, int height) =>
        Assert.Contains("pixels", LogoImage.Read(Png(width, height, rows: width is 4_001 ? 10 : 0)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Takes_the_largest_that_can_be_shown() => Assert.Null(LogoImage.Read(Png(4_000, 1_000)).Problem);

    [Fact]
    public void Refuses_a_png_that_was_cut_anywhere()
    {
        var whole = Png(12, 12);

        for (var length = 0; length < whole.Length; length++) Assert.NotNull(LogoImage.Read(whole.AsSpan(0, length)).Problem);
    }

    [Fact]
    public void Refuses_a_jpeg_without_its_end() =>
        Assert.Contains("cut off", LogoImage.Read(Jpeg(12, 12).AsSpan(0, 21)).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Refuses_pixels_that_are_not_as_many_as_the_header_says(int rows) =>
        Assert.Contains("broken", LogoImage.Read(Png(12, 12, rows)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Unfolds_no_more_of_a_bomb_than_its_header_promises()
    {
        var bomb = Png(100, 1, rows: 500_000); // 200 MB in 200 KB
        Assert.InRange(bomb.Length, 1, LogoImage.LargestSize);
        LogoImage.Read(bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("broken", LogoImage.Read(bomb).Problem, StringComparison.Ordinal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    /// <summary>What is taken for a logo can be printed, and the other way round, but for what is too wide: there is one check.</summary>
    [Fact]
    public void Agrees_with_who_prints_whatever_it_is_given()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var image = i % 2 == 0 ? Png(10, 10) : Jpeg(10, 10);
            var cut = i % 3 == 0 ? image : image[..random.Next(image.Length + 1)];
            for (var n = 0; n < 3 && cut.Length > 0; n++) cut[random.Next(cut.Length)] = (byte)random.Next(256);
            var (type, width, height, problem) = LogoImage.Read(cut);

            Assert.True(problem is null ? type is not null && width is > 0 and <= PictureCheck.LargestSide && height > 0 : type is null);
            Assert.Equal(
                Picture.Read(cut) is PictureReading.Readable { Picture: var shown }
                    && Math.Max(shown.Width, shown.Height) <= PictureCheck.LargestSide, problem is null);
        }
    }

    internal static byte[] Png(int width, int height, int? rows = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (4 * Math.Clamp(width, 0, 4_001))];
            var count = rows ?? (Math.Max(width, height) <= 4_000 ? Math.Max(height, 0) : 0);
            for (var y = 0; y < count; y++) stream.Write(row);
        }

        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", [])];
    }

    static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }

    static byte[] Jpeg(ushort width, ushort height)
    {
        byte[] image = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0, 0xff, 0xd9];
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(13), height);
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(15), width);
        return image;
    }
}
