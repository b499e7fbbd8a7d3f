using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waybill.Server.Specs.V1;

public class Brands(SharedServer shared)
{
    [Fact]
    public async Task Are_made_listed_changed_and_removed()
    {
        var made = await MakeAsync();
        using var changed = await SendAsync(HttpMethod.Patch, $"/v1/brands/{made.Id}", new { colour = "#0a7", footer = "Main Street 1" });
        var listed = await (await ClientAsync()).GetFromJsonAsync<JsonElement>(new Uri("/v1/brands", UriKind.Relative));
        using var removed = await SendAsync(HttpMethod.Delete, $"/v1/brands/{made.Id}");

        var brand = await changed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((2, "#0a7", "Main Street 1", "Bright"), (
            brand.GetProperty("version").GetInt32(), brand.GetProperty("colour").GetString(), brand.GetProperty("footer").GetString(),
            brand.GetProperty("name").GetString()));
        Assert.Contains(listed.GetProperty("data").EnumerateArray(), one => one.GetProperty("id").GetString() == made.Id);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task A_field_that_is_null_is_cleared()
    {
        var made = await MakeAsync();
        using var changed =
            await SendAsync(HttpMethod.Patch, $"/v1/brands/{made.Id}", new Dictionary<string, object?> { ["support_email"] = null });

        Assert.Equal(JsonValueKind.Null, (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("support_email").ValueKind);
    }

    [Fact]
    public async Task A_change_from_an_old_version_is_told()
    {
        var made = await MakeAsync();
        using var first = await SendAsync(HttpMethod.Patch, $"/v1/brands/{made.Id}", new { name = "Mine" }, "\"1\"");
        using var second = await SendAsync(HttpMethod.Patch, $"/v1/brands/{made.Id}", new { name = "Yours" }, "\"1\"");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
        Assert.Equal("changed_meanwhile", (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_logo_is_taken_shown_and_removed()
    {
        var made = await MakeAsync();
        var image = await File.ReadAllBytesAsync(Testing.Repository.PathOf("tests/Fixtures/Images/logo.png"));
        using var put = await PutLogoAsync(made.Id, image);
        var shown = await (await ClientAsync()).GetByteArrayAsync(new Uri($"/v1/brands/{made.Id}/logo", UriKind.Relative));
        using var removed = await SendAsync(HttpMethod.Delete, $"/v1/brands/{made.Id}/logo");

        Assert.Equal(
            "image/png", (await put.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("logo").GetProperty("content_type").GetString());
        Assert.Equal(image, shown);
        Assert.Equal(JsonValueKind.Null, (await removed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("logo").ValueKind);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("")]
    [InlineData("GIF89a")]
    public async Task A_logo_that_is_no_image_is_refused(string image)
    {
        using var put = await PutLogoAsync((await MakeAsync()).Id, System.Text.Encoding.UTF8.GetBytes(image));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.StatusCode);
        Assert.Equal("not_a_logo", (await put.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "alias")]
    [InlineData("""{"alias":"A B","name":"x"}""", "alias")]
    [InlineData("""{"alias":"ok","name":" "}""", "name")]
    [InlineData("""{"alias":"ok","name":"x\r\nBcc: eve@example.org"}""", "name")]
    [InlineData("""{"alias":"ok","name":"x","colour":"url(javascript:alert(1))"}""", "colour")]
    [InlineData("""{"alias":"ok","name":"x","colour":"#12345"}""", "colour")]
    [InlineData("""{"alias":"ok","name":"x","sender_address":"nobody"}""", "sender_address")]
    [InlineData("""{"alias":"ok","name":"x","support_url":"javascript:alert(1)"}""", "support_url")]
    [InlineData("""{"alias":"ok","name":"x","locale":"Swiss"}""", "locale")]
    [InlineData("""{"alias":"ok","name":"x","relay":"mine"}""", "relay")]
    [InlineData("""[]""", "object")]
    public async Task That_cannot_be_are_refused_by_name(string json, string named)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/v1/brands")
        { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        var refused = await BadInput.UntouchedServer.SendAsync(request, await ClientAsync());

        Assert.Equal(422, refused.Status);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    async Task<HttpClient> ClientAsync() => (await shared.ServerAsync()).Client;

    async Task<(string Id, JsonElement Brand)> MakeAsync()
    {
        using var made = await SendAsync(
            HttpMethod.Post, "/v1/brands",
            new { alias = "b" + Guid.CreateVersion7().ToString("N"), name = "Bright", support_email = "help@example.com" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var brand = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (brand.GetProperty("id").GetString()!, brand);
    }

    async Task<HttpResponseMessage> PutLogoAsync(string id, byte[] image) => await (await ClientAsync()).PutAsync(
        new Uri($"/v1/brands/{id}/logo", UriKind.Relative),
        new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } });

    async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await (await ClientAsync()).SendAsync(request);
    }
}
