using Waybill.Engine.Accounts;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public class Codes_of_an_authenticator
{
    /// <summary>The secret of RFC 6238, appendix B, "12345678901234567890", in Base32.</summary>
    const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1111111109);

    /// <summary>The last six of the eight digits that the RFC lists.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Are_those_of_the_RFC(long at, string code) => Assert.Equal(code, Totp.At(Key, DateTimeOffset.FromUnixTimeSeconds(at)));

    [Theory]
    [InlineData("081804", true)]
    [InlineData(" 081 804 ", true)]
    [InlineData("081805", false)]
    [InlineData("81804", false)]
    [InlineData("0818040", false)]
    [InlineData("", false)]
    [InlineData("٠٨١٨٠٤", false)]
    public void Are_taken_as_people_type_them(string typed, bool isTaken) =>
        Assert.Equal(isTaken, Totp.StepOf(Key, typed, Now) is not null);

    [Fact]
    public void Are_good_for_a_step_before_and_after_and_name_theirs()
    {
        var step = Now.ToUnixTimeSeconds() / 30;

        Assert.Equal(
            [null, step - 1, step, step + 1, null],
            new[] { -2, -1, 0, 1, 2 }.Select(steps => Totp.StepOf(Key, Totp.At(Key, Now.AddSeconds(30 * steps)), Now)));
    }

    [Fact]
    public void Are_never_good_where_there_is_no_key() => Assert.Null(Totp.StepOf(null, "000000", Now));

    [Fact]
    public void Come_from_keys_of_160_bits_that_differ()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => Totp.NewKey()).ToList();

        Assert.Equal(50, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^[A-Z2-7]{32}$", key));
    }
}
