using Waybill.Engine.Relays;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Relays;

/// <summary>Ruling 22, branch by branch.</summary>
public sealed class Choosing_a_sender
{
    static readonly Address Default = Address.Parse("mail@example.net");
    static readonly Address Operator = Address.Parse("operator@example.net");
    static readonly Address Support = Address.Parse("help@Shop.example");
    static readonly Address OwnFrom = Address.Parse("buyers@own.example");
    static readonly SenderWishes Nothing = new(
        "Shop", SenderName: null, RelayFromName: null, RelayFrom: null, HasOwnRelay: false, ReplyTo: null, Support: null);

    [Theory]
    [InlineData("Ada", "Relay", "Ada")]
    [InlineData(null, "Relay", "Relay")]
    [InlineData(" ", "Relay", "Relay")]
    [InlineData(null, null, "Shop")]
    [InlineData("", " ", "Shop")]
    [InlineData(" Ada ", null, "Ada")]
    public void Names_the_sender_then_the_relay_then_the_brand(string? sender, string? relay, string expected) =>
        Assert.Equal(expected, Choose(Nothing with { SenderName = sender, RelayFromName = relay }).From.DisplayName);

    /// <summary>Kept by a version that took such names; each mail of the brand was an error 500.</summary>
    [Theory]
    [InlineData("Corner\u2028Shop", "Corner Shop")]
    [InlineData("Corner\u2029Shop\u0085", "Corner Shop")]
    [InlineData("\u202epohS", "pohS")]
    public void Names_a_brand_whose_kept_name_breaks_lines_without_what_breaks_them(string kept, string shown) =>
        Assert.Equal(shown, Choose(Nothing with { BrandName = kept }).From.DisplayName);

    [Fact]
    public void Takes_the_address_of_an_own_relay_whatever_the_support_address_is() =>
        Assert.Equal(OwnFrom, From(Nothing with { HasOwnRelay = true, RelayFrom = OwnFrom, Support = Support }, "shop.example"));

    [Fact]
    public void Falls_back_to_the_default_sender_when_an_own_relay_names_none() =>
        Assert.Equal(Default, From(Nothing with { HasOwnRelay = true, Support = Support }, "shop.example"));

    [Fact]
    public void Takes_the_support_address_when_the_default_relay_may_be_used_for_its_domain() =>
        Assert.Equal(Support, From(Nothing with { Support = Support }, "example.net", "shop.example"));

    [Fact]
    public void Keeps_to_the_default_sender_when_the_default_relay_may_not_be_used_for_the_support_domain() =>
        Assert.Equal(Default, From(Nothing with { Support = Support }, "example.net", "more.shop.example"));

    [Fact]
    public void Keeps_to_the_default_sender_without_a_support_address() => Assert.Equal(Default, From(Nothing, "shop.example"));

    [Fact]
    public void Pays_no_heed_to_the_address_of_a_relay_that_is_not_there() =>
        Assert.Equal(Default, From(Nothing with { RelayFrom = OwnFrom }, "own.example"));

    [Fact]
    public void Sends_answers_to_the_reply_address_then_to_support_then_to_the_operator()
    {
        Assert.Equal(OwnFrom, Choose(Nothing with { ReplyTo = OwnFrom, Support = Support }).ReplyTo?.Address);
        Assert.Equal(Support, Choose(Nothing with { Support = Support }).ReplyTo?.Address);
        Assert.Equal(Operator, Choose(Nothing).ReplyTo?.Address);
        Assert.Null(SenderChoice.Make(Nothing, Default, [], operatorAddress: null).ReplyTo);
    }

    static SenderChoice Choose(SenderWishes wishes) => SenderChoice.Make(wishes, Default, ["example.net"], Operator);

    static Address From(SenderWishes wishes, params string[] domains) => SenderChoice.Make(wishes, Default, domains, Operator).From.Address;
}
