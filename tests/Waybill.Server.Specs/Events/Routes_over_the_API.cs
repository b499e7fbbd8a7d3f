using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Server.Specs.Events;

/// <summary>What can be said without a template; routes that work are the engine's specs.</summary>
public sealed class Routes_over_the_API(SharedServer shared)
{
    [Theory]
    [InlineData("event_type", null, "event_type")]
    [InlineData("event_type", "7", "event_type")]
    [InlineData("stream", "\"nowhere\"", "There is no stream 'nowhere'")]
    [InlineData("template", "\"nothing\"", "no published template 'nothing'")]
    [InlineData("recipient", "\"ada@example.org\"", "double braces")]
    [InlineData("conditions", "[{\"path\":\"data.x\"}]", "equals")]
    [InlineData("conditions", "[{\"path\":\"data.x\",\"equals\":{}}]", "equals")]
    [InlineData("enabled", "\"yes\"", "true or false")]
    public async Task That_cannot_work_are_refused_with_the_reason(string field, string? json, string named)
    {
        var route = new JsonObject { ["event_type"] = "a", ["stream"] = "api", ["template"] = "t", ["recipient"] = "{{data.email}}" };
        route.Remove(field);
        if (json is not null) route[field] = JsonNode.Parse(json);

        using var answer = await (await shared.ServerAsync()).Client.PostAsJsonAsync(new Uri("/v1/routes", UriKind.Relative), route);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((422, "validation_error"), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_listed_and_what_is_not_there_is_not_found()
    {
        var client = (await shared.ServerAsync()).Client;
        var list = await client.GetFromJsonAsync<JsonElement>(new Uri("/v1/routes", UriKind.Relative));
        using var missing = await client.GetAsync(new Uri("/v1/routes/" + Guid.CreateVersion7(), UriKind.Relative));

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
