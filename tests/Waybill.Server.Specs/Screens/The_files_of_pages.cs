using System.Net;
using Waybill.Screens;

namespace Waybill.Server.Specs.Screens;

public sealed class The_files_of_pages(SharedServer shared)
{
    [Theory]
    [InlineData("waybill.css", "text/css")]
    [InlineData("js/waybill.js", "text/javascript")]
    [InlineData("waybill.svg", "image/svg+xml")]
    public async Task Are_kept_for_ever_under_their_version(string name, string type)
    {
        using var answer = await GetAsync(Asset.Href(name), "br");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Come_as_they_are_for_those_who_unpack_nothing()
    {
        using var answer = await GetAsync(Asset.Href("waybill.css"), "identity");

        Assert.Equal(Asset.Folder.Find("waybill.css"), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Are_not_kept_under_the_version_of_another_day()
    {
        using var answer = await GetAsync("/assets/000000000000/waybill.css", "br");

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
    }

    [Theory]
    [InlineData("/assets/000000000000/none.css")]
    [InlineData("/assets/000000000000/../../etc/passwd")]
    public async Task Are_404_when_there_are_none(string path)
    {
        using var answer = await GetAsync(path, "br");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    async Task<HttpResponseMessage> GetAsync(string path, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        using var client = (await shared.ServerAsync()).ClientWith(null);
        return await client.SendAsync(request);
    }
}
