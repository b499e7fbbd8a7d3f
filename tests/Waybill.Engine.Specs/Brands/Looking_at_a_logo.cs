using System.Buffers.Binary;
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
        Assert.Contains("neither a PNG nor a JPEG", LogoImage.Read("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8).Problem, StringComparison.Ordinal);

    [Fact]
    public void Refuses_more_than_256_KiB() =>
        Assert.Contains("256 KiB", LogoImage.Read([.. Png(10, 10), .. new byte[LogoImage.LargestSize]]).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(100_000, 100_000)]
    [InlineData(-5, 10)]
    public void Refuses_a_size_that_no_screen_has(int width, int height) =>
        Assert.Contains("pixels", LogoImage.Read(Png(width, height)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Survives_whatever_it_is_given()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var image = i % 2 == 0 ? Png(10, 10) : Jpeg(10, 10);
            var cut = image[..random.Next(image.Length + 1)];
            for (var n = 0; n < 3 && cut.Length > 0; n++) cut[random.Next(cut.Length)] = (byte)random.Next(256);
            var (type, width, height, problem) = LogoImage.Read(cut);

            Assert.True(problem is null ? type is not null && width is > 0 and <= LogoImage.LargestSide && height > 0 : type is null);
        }
    }

    internal static byte[] Png(int width, int height)
    {
        byte[] image = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 6, 0, 0, 0, .. new byte[4]];
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(image.AsSpan(20), height);
        return image;
    }

    static byte[] Jpeg(ushort width, ushort height)
    {
        byte[] image = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0, 0xff, 0xd9];
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(13), height);
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(15), width);
        return image;
    }
}
