using FsCheck;
using FsCheck.Fluent;
using Waybill.Engine.Journal;
using Xunit;

namespace Waybill.Engine.Specs.Journal;

public class Packing_bytes
{
    [Fact]
    public void Gives_any_bytes_back() =>
        Prop.ForAll<byte[]>(bytes => Packed.Unpack(Packed.Pack(bytes)).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public void Gives_back_what_can_be_pressed_and_what_cannot(int size)
    {
        var noise = new byte[size];
        new Random(size).NextBytes(noise);
        var words = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Thank you for your order. ", size / 26)));

        Assert.True(noise.AsSpan().SequenceEqual(Packed.Unpack(Packed.Pack(noise))));
        Assert.True(words.AsSpan().SequenceEqual(Packed.Unpack(Packed.Pack(words))));
        Assert.True(Packed.Pack(noise).Length <= size + 1);
        Assert.True(size < 1000 || Packed.Pack(words).Length < size / 10);
    }

    [Fact]
    public void Says_that_bytes_were_damaged()
    {
        var packed = Packed.Pack(new byte[5000]);

        Assert.Throws<InvalidDataException>(() => Packed.Unpack(packed.AsSpan(..^1)));
        packed[0] = 7;
        Assert.Throws<InvalidDataException>(() => Packed.Unpack(packed));
    }
}
