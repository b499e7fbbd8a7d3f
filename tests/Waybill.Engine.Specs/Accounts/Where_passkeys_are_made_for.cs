using Waybill.Engine.Accounts;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public class Where_passkeys_are_made_for
{
    [Theory]
    [InlineData(null, true, "localhost")]
    [InlineData("https://mail.example.org", true, "mail.example.org")]
    [InlineData("https://post.bücher.example/", true, "post.xn--bcher-kva.example")]
    [InlineData("http://localhost:8080", true, "localhost")]
    [InlineData("http://mail.example.org", false, "mail.example.org")]
    [InlineData("https://192.0.2.1", false, "192.0.2.1")]
    public void Is_the_public_address_if_browsers_take_it(string? url, bool isPossible, string domain)
    {
        var site = new PasskeySite(url is null ? null : new Uri(url), () => []);

        Assert.Equal((isPossible, domain), (site.IsPossible, site.Domain));
    }

    [Theory]
    [InlineData("https://mail.example.org", "https://mail.example.org", true)]
    [InlineData("https://mail.example.org", "https://mail.example.org:8443", false)]
    [InlineData("https://mail.example.org", "http://mail.example.org", false)]
    [InlineData("https://mail.example.org", "https://evil.mail.example.org", false)]
    [InlineData("https://mail.example.org", "https://mail.example.org.evil.example", false)]
    [InlineData("https://mail.example.org", "nonsense", false)]
    [InlineData("https://mail.example.org", "", false)]
    [InlineData("https://mail.example.org/", "https://mail.example.org/", false)]
    [InlineData("https://mail.example.org", "https://ann@mail.example.org", false)]
    [InlineData("https://mail.example.org:8443", "https://mail.example.org:8443", true)]
    [InlineData("https://mail.example.org:8443", "https://mail.example.org", false)]
    [InlineData("https://post.bücher.example/", "https://post.xn--bcher-kva.example", true)]
    [InlineData("http://localhost:8080", "http://localhost:8080", true)]
    [InlineData("http://localhost:8080", "http://localhost:5000", false)]
    [InlineData(null, "http://localhost:5000", true)]
    [InlineData(null, "https://localhost:5001", true)]
    [InlineData(null, "http://localhost:5001", false)]
    [InlineData(null, "https://localhost:5000", false)]
    [InlineData(null, "http://localhost:3000", false)]
    [InlineData(null, "http://localhost", false)]
    [InlineData(null, "http://localhost.evil.example", false)]
    [InlineData(null, "http://127.0.0.1:5000", false)]
    public void Is_where_an_answer_must_come_from(string? url, string origin, bool isTaken) =>
        Assert.Equal(
            isTaken,
            new PasskeySite(url is null ? null : new Uri(url), () => ["http://127.0.0.1:5000", "https://[::]:5001", "http://*"]).Has(
                origin));
}
