using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Waybill.Server.Specs.Events;

public sealed class Publishing_events(SharedServer shared)
{
    const string Structured = "application/cloudevents+json; charset=utf-8";
    const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task In_structured_mode_keeps_attributes_extensions_and_data()
    {
        var (status, answer) =
            await PostAsync(
                Structured,
                Event("structured", ",\"subject\":\"order/1\",\"time\":\"2026-11-12T13:00:00+01:00\",\"traceparent\":\"00-ab\""));

        Assert.Equal(HttpStatusCode.Accepted, status);
        var kept = await GetAsync(answer.GetProperty("id").GetString()!);
        var attributes = kept.GetProperty("event");
        Assert.Equal(("structured", "/shop", "order.strung", "order/1"), (
            Text(attributes, "event_id"), Text(attributes, "source"), Text(attributes, "type"), Text(attributes, "subject")));
        Assert.Equal("2026-11-12T12:00:00.000000+00:00", Text(attributes, "time"));
        Assert.Equal("00-ab", Text(kept.GetProperty("extensions"), "traceparent"));
        Assert.Equal("""{"order":1}""", kept.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task In_binary_mode_reads_attributes_from_headers()
    {
        using var content = new StringContent("""{"order":1}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ce-specversion"] = "1.0",
            ["ce-id"] = "binary",
            ["ce-source"] = "/shop",
            ["ce-type"] = "order.strung",
            ["ce-subject"] = "Z%C3%BCrich%20HB",
            ["ce-region"] = "eu",
        })
            request.Headers.Add(name, value);

        using var answer = await (await shared.ServerAsync()).Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var kept = await GetAsync((await ReadAsync(answer)).GetProperty("id").GetString()!);
        Assert.Equal(
            ("binary", "Zürich HB", "eu"),
            (Text(kept.GetProperty("event"), "event_id"), Text(kept.GetProperty("event"), "subject"),
                Text(kept.GetProperty("extensions"), "region")));
        Assert.Equal("""{"order":1}""", kept.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task In_a_batch_gives_an_id_for_each_in_order()
    {
        var (status, answer) = await PostAsync(Batch, $"[{Event("batch 1")},{Event("batch 2")},{Event("batch 1")}]");

        Assert.Equal(HttpStatusCode.Accepted, status);
        var ids = answer.GetProperty("data").EnumerateArray().Select(one => Text(one, "id")).ToList();
        Assert.Equal((3, ids[0]), (ids.Count, ids[2]));
        Assert.Equal("batch 2", Text((await GetAsync(ids[1]!)).GetProperty("event"), "event_id"));
    }

    [Fact]
    public async Task Again_is_answered_like_the_first_and_another_under_its_id_is_refused()
    {
        var (_, first) = await PostAsync(Structured, Event("again"));
        var (status, again) =
            await PostAsync(Structured, Event("again").Replace("{\"order\":1}", "{ \"order\" : 1 }", StringComparison.Ordinal));
        var (refused, problem) = await PostAsync(Structured, Event("again", ",\"subject\":\"else\""));

        Assert.Equal((HttpStatusCode.Accepted, first.GetRawText()), (status, again.GetRawText()));
        Assert.Equal((HttpStatusCode.Conflict, "event_conflict"), (refused, Text(problem, "code")));
    }

    public static TheoryData<string, string, int, string, string> Wrong => new()
    {
        { Structured, "{}", 422, "validation_error", "specversion" },
        { Structured, Event("x").Replace("\"id\":\"x\",", "", StringComparison.Ordinal), 422, "validation_error", "id" },
        { Structured, Event(""), 422, "validation_error", "id" },
        { Structured, Event("x").Replace("\"1.0\"", "\"0.3\"", StringComparison.Ordinal), 422, "unsupported_specversion", "0.3" },
        { Structured, Event("x").Replace("/shop", "not a uri", StringComparison.Ordinal), 422, "validation_error", "source" },
        { Structured, Event("x", ",\"time\":\"yesterday\""), 422, "validation_error", "time" },
        { Structured, Event("x", ",\"time\":\"2026-13-45T00:00:00Z\""), 422, "validation_error", "time" },
        { Structured, Event("x", ",\"dataschema\":\"order.json\""), 422, "validation_error", "dataschema" },
        { Structured, Event("x", ",\"Tenant\":\"acme\""), 422, "validation_error", "extension" },
        { Structured, Event("x", ",\"object\":{}"), 422, "validation_error", "object" },
        { Structured, Event("x", ",\"data_base64\":\"AA==\""), 422, "validation_error", "data_base64" },
        { Structured, "[]", 422, "validation_error", "object" },
        { Structured, "{", 400, "validation_error", "JSON" },
        { Structured, "", 400, "validation_error", "empty" },
        { Batch, "[]", 422, "validation_error", "1 and 100" },
        { Batch, "{}", 422, "validation_error", "array" },
        { Batch, $"[{Event("good one")},{{}}]", 422, "validation_error", "events[1]" },
        { "application/json", Event("x"), 415, "unknown_content_mode", "cloudevents" },
        { "application/cloudevents+xml", "<x/>", 415, "unknown_content_mode", "cloudevents" },
        { Structured, Event("x").Replace("{\"order\":1}", $"\"{new string('x', 5_000_000)}\"", StringComparison.Ordinal), 413,
            "data_too_large", "KiB" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task That_are_none_says_what_is_wrong(string type, string body, int status, string code, string named)
    {
        var (answered, problem) = await PostAsync(type, body);

        Assert.Equal((status, code, status), ((int)answered, Text(problem, "code"), problem.GetProperty("status").GetInt32()));
        Assert.Contains(named, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_data_that_is_not_JSON_is_refused()
    {
        using var content = new StringContent("hello", Encoding.UTF8, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        foreach (var name in (string[])["id", "source", "type"]) request.Headers.Add("ce-" + name, "x");
        request.Headers.Add("ce-specversion", "1.0");

        using var answer = await (await shared.ServerAsync()).Client.SendAsync(request);

        Assert.Equal(415, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_of_a_batch_with_a_wrong_event_is_kept()
    {
        await PostAsync(Batch, $"[{Event("half")},{{}}]");

        var (_, answer) = await PostAsync(Structured, Event("half", ",\"subject\":\"now\""));

        Assert.Equal("now", Text((await GetAsync(Text(answer, "id")!)).GetProperty("event"), "subject"));
    }

    static string Event(string id, string more = "") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/shop","type":"order.strung"{{more}},"data":{"order":1} }""";

    static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();

    async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await (await shared.ServerAsync()).Client.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        return (answer.StatusCode, await ReadAsync(answer));
    }

    async Task<JsonElement> GetAsync(string id) =>
        JsonDocument.Parse(
            await (await shared.ServerAsync()).Client.GetStringAsync(new Uri("/v1/events/" + id, UriKind.Relative))).RootElement;

    static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
