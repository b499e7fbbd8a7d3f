using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Reading_a_url
{
    [Theory]
    [InlineData("ftp://example.com/", "absolute ones that begin with http:// or https://")]
    [InlineData("file:///etc/passwd", "absolute ones that begin with http:// or https://")]
    [InlineData("/etc/passwd", "absolute ones that begin with http:// or https://")]
    [InlineData("//example.com/", "absolute ones that begin with http:// or https://")]
    [InlineData("gopher://127.0.0.1:25/", "absolute ones that begin with http:// or https://")]
    [InlineData("data:text/plain,hidden", "absolute ones that begin with http:// or https://")]
    [InlineData("unix:/run/docker.sock", "absolute ones that begin with http:// or https://")]
    [InlineData("http://user@example.com/", "user name or password")]
    [InlineData("http://user:hidden@example.com/", "user name or password")]
    [InlineData("http://@example.com/", "user name or password")]
    [InlineData("http://:@example.com/", "user name or password")]
    [InlineData("http://127.0.0.1:80@example.com/", "user name or password")]
    [InlineData("http://example.com:0/", "port is not between 1 and 65535")]
    [InlineData("http://example.com./", "neither a plain name nor a plainly written address")]
    [InlineData("http://[2606:4700::1%25eth0]/", "neither a plain name nor a plainly written address")]
    [InlineData("http://[2606:4700::1%nowhere]/", "neither a plain name nor a plainly written address")]
    [InlineData("http://8.8.8.256/", "neither a plain name nor a plainly written address")]
    [InlineData("http://8.8.8.8.8/", "neither a plain name nor a plainly written address")]
    [InlineData("http://example.0x8/", "neither a plain name nor a plainly written address")]
    [InlineData("http://example.com:65536/", "does not understand")]
    [InlineData("http:///path", "does not understand")]
    [InlineData("http:example.com", "does not understand")]
    [InlineData("http:\\\\example.com\\", "does not understand")]
    [InlineData("http://exa mple.com/", "does not understand")]
    [InlineData("example.com", "does not understand")]
    [InlineData("", "does not understand")]
    public void Refuses_what_could_be_read_in_two_ways(string spelling, string complaint)
    {
        Assert.False(OutboundUrl.TryRead(spelling, out var url, out var problem));

        Assert.Null(url);
        Assert.StartsWith("Waybill does not ", problem);
        Assert.Contains(complaint, problem);
        Assert.DoesNotContain("hidden", problem);
    }

    [Fact]
    public void Refuses_a_relative_url() => Assert.NotNull(OutboundUrl.Objection(new Uri("a/b", UriKind.Relative)));

    [Fact]
    public void Refuses_a_host_longer_than_a_name_can_be() =>
        Assert.False(OutboundUrl.TryRead($"http://{string.Join('.', Enumerable.Repeat(new string('a', 60), 5))}/", out _, out _));

    [Theory]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("HTTPS://Example.COM:443/a", "https://example.com/a")]
    [InlineData("https://example.com:8443/a?token=hidden#hidden", "https://example.com:8443/a")]
    [InlineData("http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4")]
    [InlineData("http://under_score.example/", "http://under_score.example/")]
    [InlineData("http://[2606:4700::1]:8080/x@y", "http://[2606:4700::1]:8080/x@y")]
    [InlineData("http://8.8.8.8/", "http://8.8.8.8/")]
    [InlineData("http://0x8.8.8.8/", "http://8.8.8.8/")]
    [InlineData("http://4.8x/", "http://4.8x/")]
    public void Accepts_plain_ones_and_shows_them_without_their_query(string spelling, string shown)
    {
        Assert.True(OutboundUrl.TryRead(spelling, out var url, out _));

        Assert.Equal(shown, OutboundUrl.Shown(url));
    }

    [Fact]
    public void Shows_a_long_path_cut_short() =>
        Assert.Equal(
            $"http://example.com/{new string('a', 199)}…",
            OutboundUrl.Shown(new Uri($"http://example.com/{new string('a', 5000)}")));
}
