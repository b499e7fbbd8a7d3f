using Waybill.Screens.Qr;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Screens;

public sealed class QR_codes
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(90, 6)]
    [InlineData(122, 7)]
    [InlineData(180, 9)]
    [InlineData(181, 10)]
    [InlineData(400, 15)]
    [InlineData(666, 20)]
    public async Task Say_the_same_to_a_reader_that_is_not_ours(int length, int version)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(n => (char)('!' + n * 7 % 90)));

        var code = QrCode.Of(text);

        Assert.Equal(17 + 4 * version, code.Size);
        Assert.Equal(text, await QrReader.ReadAsync(Rows(code)));
    }

    [Fact]
    public async Task Say_an_address_in_any_script() =>
        Assert.Equal(
            "otpauth://totp/Waybill:Zoë@例え.jp 🦉", await QrReader.ReadAsync(Rows(QrCode.Of("otpauth://totp/Waybill:Zoë@例え.jp 🦉"))));

    [Fact]
    public void Are_not_made_of_what_is_too_long() => Assert.Throws<ArgumentException>(() => QrCode.Of(new string('a', 667)));

    static IEnumerable<string> Rows(QrCode code) =>
        Enumerable.Range(0, code.Size).Select(y => string.Concat(Enumerable.Range(0, code.Size).Select(x => code[x, y] ? '1' : '0')));
}
