using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Mime.Specs.Addresses;

public class Reading_an_address
{
    [Theory]
    [InlineData("ada@example.org", "ada", "example.org", "ada@example.org")]
    [InlineData("Ada.Lovelace+books@Example.ORG", "Ada.Lovelace+books", "example.org", "Ada.Lovelace+books@example.org")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~", "example.org", "!#$%&'*+-/=?^_`{|}~@example.org")]
    [InlineData("root@relay", "root", "relay", "root@relay")]
    [InlineData("\"ada\"@example.org", "ada", "example.org", "ada@example.org")]
    [InlineData("\"ada lovelace\"@example.org", "ada lovelace", "example.org", "\"ada lovelace\"@example.org")]
    [InlineData("\"a@b\"@example.org", "a@b", "example.org", "\"a@b\"@example.org")]
    [InlineData("\"a\\\"b\\\\c\"@example.org", "a\"b\\c", "example.org", "\"a\\\"b\\\\c\"@example.org")]
    [InlineData("\"\\a\"@example.org", "a", "example.org", "a@example.org")]
    [InlineData("\".dot.\"@example.org", ".dot.", "example.org", "\".dot.\"@example.org")]
    [InlineData("ada@[192.0.2.1]", "ada", "[192.0.2.1]", "ada@[192.0.2.1]")]
    [InlineData("ada@[ipv6:2001:DB8:0:0::1]", "ada", "[IPv6:2001:db8::1]", "ada@[IPv6:2001:db8::1]")]
    [InlineData("ada@Bücher.example", "ada", "xn--bcher-kva.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@bu\u0308cher.example", "ada", "xn--bcher-kva.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@straße.example", "ada", "xn--strae-oqa.example", "ada@xn--strae-oqa.example")]
    [InlineData("ada@例え。テスト", "ada", "xn--r8jz45g.xn--zckzah", "ada@xn--r8jz45g.xn--zckzah")]
    [InlineData("用户@例え.テスト", "用户", "xn--r8jz45g.xn--zckzah", "用户@xn--r8jz45g.xn--zckzah")]
    public void Keeps_its_parts_and_writes_it_from_them(string text, string localPart, string domain, string wire)
    {
        var address = Address.Parse(text);

        Assert.Equal((localPart, domain, wire), (address.LocalPart, address.Domain, address.ToString()));
    }

    [Theory]
    [InlineData(null, "The address is empty.")]
    [InlineData("", "The address is empty.")]
    [InlineData("ada", "The address \"ada\" has no @.")]
    [InlineData("@example.org", "The address has nothing before the @.")]
    [InlineData("ada@", "The address has nothing after the @.")]
    [InlineData("\"\"@example.org", "The address has nothing between the quotes before the @.")]
    [InlineData("\"ada@example.org", "The address \"\"ada@example.org\" has no @.")]
    [InlineData("\"ada\"x@example.org", "The local part \"\"ada\"x\" has a quote that does not close at its end.")]
    [InlineData("\"ada\\\"@example.org", "The address \"\"ada\\\"@example.org\" has no @.")]
    [InlineData("ada lovelace@example.org", "The local part \"ada lovelace\" may not contain a space outside quotes.")]
    [InlineData(" ada@example.org", "The local part \" ada\" may not contain a space outside quotes.")]
    [InlineData(".ada@example.org", "The local part \".ada\" has a dot at its start, at its end, or next to another dot.")]
    [InlineData("ada.@example.org", "The local part \"ada.\" has a dot at its start, at its end, or next to another dot.")]
    [InlineData("a..da@example.org", "The local part \"a..da\" has a dot at its start, at its end, or next to another dot.")]
    [InlineData("a<b@example.org", "The local part \"a<b\" may not contain \"<\".")]
    [InlineData("\"a>b\"@example.org", "The local part \"\"a>b\"\" may not contain \">\".")]
    [InlineData("a,b@example.org", "The local part \"a,b\" may not contain \",\".")]
    [InlineData("ada\r\nRCPT TO:<eve@example.org>@x",
        "The local part \"ada\\U+000D\\U+000ARCPT TO:<eve\" may not contain a carriage return (U+000D).")]
    [InlineData("\"ada\nbob\"@example.org", "The local part \"\"ada\\U+000Abob\"\" may not contain a line feed (U+000A).")]
    [InlineData("ada\0@example.org", "The local part \"ada\\U+0000\" may not contain a NUL (U+0000).")]
    [InlineData("ada\t@example.org", "The local part \"ada\\U+0009\" may not contain the invisible character U+0009.")]
    [InlineData("ada\u007F@example.org", "The local part \"ada\\U+007F\" may not contain the invisible character U+007F.")]
    [InlineData("ada\u0085@example.org", "The local part \"ada\\U+0085\" may not contain the invisible character U+0085.")]
    [InlineData("ada\u2028@example.org", "The local part \"ada\\U+2028\" may not contain the invisible character U+2028.")]
    [InlineData("ada\u202E@example.org", "The local part \"ada\\U+202E\" may not contain the invisible character U+202E.")]
    [InlineData("ada@eve@example.org", "The address has a second @, in \"eve@example.org\".")]
    [InlineData("ada@example..org",
        "The domain \"example..org\" has an empty label: a dot at its start, at its end, or next to another dot.")]
    [InlineData("ada@.example.org",
        "The domain \".example.org\" has an empty label: a dot at its start, at its end, or next to another dot.")]
    [InlineData("ada@example.org.",
        "The domain \"example.org.\" has an empty label: a dot at its start, at its end, or next to another dot.")]
    [InlineData("ada@-example.org", "The label \"-example\" of the domain starts or ends with a hyphen.")]
    [InlineData("ada@exam_ple.org", "The domain \"exam_ple.org\" may not contain \"_\".")]
    [InlineData("ada@example.org>", "The domain \"example.org>\" may not contain \">\".")]
    [InlineData("ada@example.org SIZE=1", "The domain \"example.org SIZE=1\" may not contain a space.")]
    [InlineData("ada@example.org\r\nDATA", "The domain \"example.org\\U+000D\\U+000ADATA\" may not contain a carriage return (U+000D).")]
    [InlineData("ada@exämple＜.org", "The domain \"exämple＜.org\" is not an internationalised domain name.")]
    [InlineData("ada@[192.0.2]", "The address literal \"[192.0.2]\" is neither like [192.0.2.1] nor like [IPv6:2001:db8::1].")]
    [InlineData("ada@[0300.0.2.1]", "The address literal \"[0300.0.2.1]\" is neither like [192.0.2.1] nor like [IPv6:2001:db8::1].")]
    [InlineData("ada@[IPv6:fe80::1%eth0]",
        "The address literal \"[IPv6:fe80::1%eth0]\" is neither like [192.0.2.1] nor like [IPv6:2001:db8::1].")]
    [InlineData("ada@[", "The address literal \"[\" is neither like [192.0.2.1] nor like [IPv6:2001:db8::1].")]
    public void Says_in_one_sentence_what_is_wrong(string? text, string expected)
    {
        Assert.False(Address.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    // A lone surrogate cannot travel through an attribute: metadata is UTF-8.
    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Refuses_half_a_character(char half)
    {
        Assert.False(Address.TryParse($"a{half}da@example.org", out _, out var problem));
        Assert.Contains("half a character", problem, StringComparison.Ordinal);
        Assert.False(Address.TryParse($"ada@exam{half}ple.org", out _, out _));
    }

    [Fact]
    public void Throws_the_same_sentence_when_told_to_parse() =>
        Assert.Equal("The address \"ada\" has no @.", Assert.Throws<FormatException>(() => Address.Parse("ada")).Message);

    [Fact]
    public void Takes_a_local_part_of_64_octets_and_not_one_of_65()
    {
        Assert.True(Address.TryParse($"{new string('a', 64)}@example.org", out _, out _));
        Assert.False(Address.TryParse($"{new string('a', 65)}@example.org", out _, out _));
        Assert.True(Address.TryParse($"{new string('ü', 32)}@example.org", out _, out _));
        Assert.False(Address.TryParse($"{new string('ü', 33)}@example.org", out _, out _));
    }

    [Fact]
    public void Takes_a_label_of_63_characters_and_not_one_of_64()
    {
        Assert.True(Address.TryParse($"ada@{new string('a', 63)}.org", out _, out _));
        Assert.False(Address.TryParse($"ada@{new string('a', 64)}.org", out _, out _));
    }

    [Fact]
    public void Takes_254_octets_in_all_and_not_255()
    {
        var label = new string('b', 62);

        Assert.True(Address.TryParse($"a@{label}.{label}.{label}.{label}b", out var longest, out _));
        Assert.Equal(254, longest.ToString().Length);
        Assert.False(Address.TryParse($"aa@{label}.{label}.{label}.{label}b", out _, out _));
        Assert.False(Address.TryParse($"a@{label}.{label}.{label}.{label}bb", out _, out _));
    }

    [Fact]
    public void Compares_the_domain_without_case_and_the_local_part_with_it()
    {
        Assert.Equal(Address.Parse("ada@EXAMPLE.org"), Address.Parse("\"ada\"@example.org"));
        Assert.NotEqual(Address.Parse("Ada@example.org"), Address.Parse("ada@example.org"));
    }

    [Theory]
    [InlineData("ada@xn--bcher-kva.example", "bücher.example")]
    [InlineData("ada@example.org", "example.org")]
    [InlineData("ada@xn--a.example", "xn--a.example")]
    public void Shows_the_domain_in_its_own_script(string text, string shown) =>
        Assert.Equal(shown, Address.Parse(text).UnicodeDomain);

    [Theory]
    [InlineData("ada@bücher.example", false)]
    [InlineData("ädа@example.org", true)]
    public void Needs_SMTPUTF8_only_for_its_local_part(string text, bool needed) =>
        Assert.Equal(needed, Address.Parse(text).NeedsSmtpUtf8);
}
