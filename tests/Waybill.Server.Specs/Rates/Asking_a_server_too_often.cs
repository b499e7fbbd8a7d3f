using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Server.Specs.Bodies;

namespace Waybill.Server.Specs.Rates;

[Collection(nameof(TightServer))]
public class Asking_a_server_too_often(TightServer server)
{
    [Fact]
    public async Task Is_answered_as_Resend_does_and_another_tenant_goes_on()
    {
        var key = await server.KeyOfAsync("hasty");
        using var hasty = server.Process.ClientWith(key);
        var refused = await UntilRefusedAsync(hasty);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("50", Header(refused, "ratelimit-limit"));
        Assert.InRange(int.Parse(Header(refused, "ratelimit-remaining"), CultureInfo.InvariantCulture), 0, 99);
        Assert.InRange(int.Parse(Header(refused, "ratelimit-reset"), CultureInfo.InvariantCulture), 1, 2);
        Assert.InRange(int.Parse(Header(refused, "retry-after"), CultureInfo.InvariantCulture), 1, 2);
        using var error = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Equal("rate_limit_exceeded", error.RootElement.GetProperty("name").GetString());
        Assert.Contains("50 requests per second", error.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);

        using var other = await server.Process.Client.GetAsync(new Uri("/emails", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("50", Header(other, "ratelimit-limit"));
        Assert.False(other.Headers.Contains("retry-after"));
    }

    /// <summary>
    /// A batch is as many requests as it has emails: two are more than a rested key has, unless seconds go by between them.
    /// </summary>
    static async Task<HttpResponseMessage> UntilRefusedAsync(HttpClient client)
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 100).Select(_ => BadInput.Post.Good())]).ToJsonString();
        for (var n = 0; ; n++)
        {
            using var content = new StringContent(batch, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            var answer = await client.PostAsync(new Uri("/emails/batch", UriKind.Relative), content);
            if (!answer.IsSuccessStatusCode || n == 20) return answer;
            answer.Dispose();
        }
    }

    static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
