using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Waybill.Server.Specs.Resend;

/// <summary>Over plain HTTP, where the official client would not send such a thing.</summary>
public class Errors(SharedServer shared)
{
    const string NoKey = "";
    const string GoodKey = "good";

    public static TheoryData<string, string, string, string?, int, string> Table => new()
    {
        { "GET", "/emails", NoKey, null, 401, "missing_api_key" },
        { "POST", "/emails", NoKey, "{}", 401, "missing_api_key" },
        { "GET", "/emails", "wb_wrong", null, 403, "invalid_api_key" },
        { "GET", "/emails", "nonsense", null, 403, "invalid_api_key" },
        { "GET", "/audiences", GoodKey, null, 404, "not_found" },
        { "POST", "/emails/batch/more", GoodKey, "{}", 404, "not_found" },
        { "DELETE", "/emails", GoodKey, null, 405, "method_not_allowed" },
        { "PUT", "/emails/batch", GoodKey, "[]", 405, "method_not_allowed" },
        { "POST", "/emails", GoodKey, "{\"from\":", 400, "validation_error" },
        { "POST", "/emails", GoodKey, "[]", 422, "validation_error" },
        { "POST", "/emails", GoodKey, "{\"from\":7}", 422, "validation_error" },
        { "POST", "/emails/batch", GoodKey, "{}", 422, "validation_error" },
        { "POST", "/emails", GoodKey, "{}", 422, "missing_required_field" },
        { "GET", "/emails/no-uuid", GoodKey, null, 404, "not_found" },
        { "POST", "/emails/no-uuid/cancel", GoodKey, null, 404, "not_found" },
        { "DELETE", "/api-keys/no-uuid", GoodKey, null, 404, "not_found" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Have_the_clients_shape_and_the_status_they_speak_of(
        string method, string path, string key, string? body, int status, string name)
    {
        using var answer = await SendAsync(method, path, key, body);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal((status, name), (error.GetProperty("statusCode").GetInt32(), error.GetProperty("name").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(["statusCode", "name", "message"], error.EnumerateObject().Select(field => field.Name));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Do_not_repeat_the_key_they_refuse()
    {
        using var answer = await SendAsync("GET", "/emails", "wb_almostright", null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("almostright", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    async Task<HttpResponseMessage> SendAsync(string method, string path, string key, string? body)
    {
        var server = await shared.ServerAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key == GoodKey ? server.ApiKey : key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var client = server.ClientWith(null);
        return await client.SendAsync(request);
    }
}
