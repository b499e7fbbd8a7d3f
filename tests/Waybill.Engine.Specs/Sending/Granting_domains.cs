using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

public class Granting_domains
{
    [Theory]
    [InlineData("acme.test", "post@acme.test", true)]
    [InlineData("ACME.Test.", "post@acme.TEST", true)]
    [InlineData(" acme.test ", "post@acme.test", true)]
    [InlineData("münchen.example", "post@xn--mnchen-3ya.example", true)]
    [InlineData("xn--mnchen-3ya.example", "post@MÜNCHEN.example", true)]
    [InlineData("acme.test", "post@mail.acme.test", false)]
    [InlineData("acme.test", "post@notacme.test", false)]
    [InlineData("acme.test", "post@acme.test.evil.test", false)]
    [InlineData("*.acme.test", "post@mail.acme.test", true)]
    [InlineData("*.acme.test", "post@a.b.acme.test", true)]
    [InlineData("*.acme.test", "post@acme.test", false)]
    [InlineData("*.acme.test", "post@notacme.test", false)]
    [InlineData("*", "post@anywhere.test", true)]
    [InlineData("*", "post@[192.0.2.1]", true)]
    public void Covers_these_senders_and_no_others(string entry, string sender, bool isCovered)
    {
        Assert.True(SenderGrant.TryRead([entry], out var grant, out _));

        Assert.Equal(isCovered, grant.Covers(Address.Parse(sender)));
        Assert.Equal(isCovered, SenderGrant.Unpack(grant.Pack()).Covers(Address.Parse(sender)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme test")]
    [InlineData("*acme.test")]
    [InlineData("**")]
    [InlineData("*.*.test")]
    [InlineData("a.*.test")]
    [InlineData("*.")]
    [InlineData(".")]
    [InlineData("acme..test")]
    [InlineData("post@acme.test")]
    [InlineData("[192.0.2.1]")]
    [InlineData("https://acme.test")]
    public void Refuses_what_is_no_domain(string entry)
    {
        Assert.False(SenderGrant.TryRead(["good.test", entry], out _, out var wrong));
        Assert.Equal(entry, wrong);
    }

    [Fact]
    public void Has_a_limit()
    {
        Assert.True(SenderGrant.TryRead(Enumerable.Range(0, SenderGrant.Most).Select(i => $"a{i}.test"), out _, out _));
        Assert.False(SenderGrant.TryRead(Enumerable.Range(0, SenderGrant.Most + 1).Select(i => $"a{i}.test"), out _, out _));
    }

    [Fact]
    public void Covers_nothing_when_it_is_empty() => Assert.False(SenderGrant.None.Covers(Address.Parse("post@acme.test")));
}
