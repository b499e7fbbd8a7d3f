using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.Streams;

public class Setting_a_stream(SharedServer shared)
{
    [Fact]
    public async Task Shows_its_whole_policy_before_and_after_and_null_goes_back()
    {
        var before = await GetAsync("keysat.buyer");
        var changed = await PatchAsync("keysat.buyer", """{"attempts": 2, "kept_days": "forever", "jitter": 0.1, "unsubscribe": true}""");
        var back =
            await PatchAsync(
                "keysat.buyer", """{"attempts": null, "waits": null, "kept_days": null, "jitter": null, "unsubscribe": null}""");

        Assert.Equal(
            ("queued", 3, 90),
            (before.GetProperty("hand_over").GetString(), before.GetProperty("attempts").GetInt32(),
                before.GetProperty("kept_days").GetInt32()));
        Assert.Equal("[2,4]", before.GetProperty("waits").GetRawText());
        Assert.Equal("""["network","temporary_reply","rate_limit"]""", before.GetProperty("retried_after").GetRawText());
        Assert.Equal("""["attempts","jitter","kept_days","unsubscribe"]""", changed.GetProperty("changed").GetRawText());
        Assert.Equal(
            (2, "[2]", "forever"),
            (changed.GetProperty("attempts").GetInt32(), changed.GetProperty("waits").GetRawText(),
                changed.GetProperty("kept_days").GetString()));
        Assert.Equal(before.GetRawText(), back.GetRawText());
    }

    [Fact]
    public async Task Is_listed_among_all_streams()
    {
        var server = await shared.ServerAsync();

        var list = await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/streams", UriKind.Relative));

        var names = list.GetProperty("data").EnumerateArray().Select(stream => stream.GetProperty("name").GetString());
        Assert.Equal(
            ["api", "waybill.accounts", "waybill.tests", "racketbook.receipts", "racketbook.notices", "keysat.buyer", "keysat.operator",
                "kyora.account", "kyora.billing"],
            names);
    }

    [Theory]
    [InlineData("api", "[]", "must be a JSON object")]
    [InlineData("api", """{"retries": 3}""", "`retries` cannot be set")]
    [InlineData("api", """{"hand_over": "inline"}""", "`hand_over` cannot be set")]
    [InlineData("api", """{"attempts": "3"}""", "`attempts` field must be a whole number")]
    [InlineData("api", """{"attempts": 3.5}""", "`attempts` field must be a whole number")]
    [InlineData("api", """{"attempts": 21}""", "between 1 and 20")]
    [InlineData("api", """{"waits": "2 4"}""", "`waits` field must be an array of seconds")]
    [InlineData("api", """{"waits": [1e300]}""", "`waits` field must be an array of seconds")]
    [InlineData("api", """{"waits": [700000]}""", "7 days")]
    [InlineData("api", """{"jitter": 2}""", "between 0 and 0.9")]
    [InlineData("api", """{"kept_days": "never"}""", "whole number of days")]
    [InlineData("api", """{"kept_days": 0}""", "between 1 and 36500 days")]
    [InlineData("api", """{"unsubscribe": 1}""", "true or false")]
    [InlineData("racketbook.receipts", """{"attempts": 2}""", "has one attempt")]
    [InlineData("keysat.operator", """{"unsubscribe": true}""", "cannot offer to unsubscribe")]
    public async Task Is_refused_with_a_sentence(string stream, string change, string sentence)
    {
        using var answer = await SendAsync((await shared.ServerAsync()).Client, stream, change);

        await ShouldBeProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "validation_error", sentence);
    }

    [Fact]
    public async Task That_there_is_not_is_not_found()
    {
        var server = await shared.ServerAsync();
        using var read = await server.Client.GetAsync(new Uri("/v1/streams/newsletter", UriKind.Relative));
        using var changed = await SendAsync(server.Client, "newsletter", "{}");

        await ShouldBeProblemAsync(read, HttpStatusCode.NotFound, "not_found", "Stream not found");
        await ShouldBeProblemAsync(changed, HttpStatusCode.NotFound, "not_found", "Stream not found");
    }

    [Fact]
    public async Task Is_for_keys_of_the_instance_and_its_first_tenant_only()
    {
        using var client = (await shared.ServerAsync()).ClientWith(await shared.KeyOfAnotherTenantAsync());
        using var refused = await SendAsync(client, "api", """{"attempts": 1}""");

        await ShouldBeProblemAsync(refused, HttpStatusCode.Forbidden, "invalid_access", "whole instance");
        Assert.Equal(9, (await GetAsync("api")).GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Lasts_over_a_restart()
    {
        await using var server = await ServerProcess.StartAsync();
        (await SendAsync(server.Client, "api", """{"attempts": 4, "waits": [0.25, 1]}""")).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(0, await server.StopAsync());

        await server.StartAgainAsync();

        var stream = await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/streams/api", UriKind.Relative));
        Assert.Equal("[0.25,1,1]", stream.GetProperty("waits").GetRawText());
    }

    async Task<JsonElement> GetAsync(string stream) =>
        await (await shared.ServerAsync()).Client.GetFromJsonAsync<JsonElement>(new Uri("/v1/streams/" + stream, UriKind.Relative));

    async Task<JsonElement> PatchAsync(string stream, string change)
    {
        using var answer = await SendAsync((await shared.ServerAsync()).Client, stream, change);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient client, string stream, string change)
    {
        using var body = new StringContent(change, System.Text.Encoding.UTF8, "application/json");
        return await client.PatchAsync(new Uri("/v1/streams/" + stream, UriKind.Relative), body);
    }

    static async Task ShouldBeProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code, string sentence)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal((code, (int)status), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.Equal("urn:waybill:error:" + code, problem.GetProperty("type").GetString());
        Assert.Contains(sentence, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
