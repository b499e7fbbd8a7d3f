using System.Text;
using System.Text.Json;

namespace Waybill.Server.Specs.BadInput;

[Collection(nameof(UntouchedServer))]
public class What_the_log_keeps_to_itself(UntouchedServer server)
{
    const string Marker = "zq7marker";

    [Fact]
    public async Task Is_every_key_body_subject_and_address()
    {
        string[] emails =
        [
            Post.With("subject", "\"" + Marker + "\\n\""), Post.With("html", "\"" + Marker + "\\ud800\""),
            Post.With("to", "\"" + Marker + "\""), Post.With("headers", "{\"X-A\":\"" + Marker + "\\n\"}"),
            Post.WithAttachment("{\"filename\":\"" + Marker + "\\n\",\"content\":\"YQ==\"}"), "{\"subject\":\"" + Marker,
            "{\"" + Marker + "\":1,\"" + Marker + "\":2}",
        ];
        foreach (var email in emails) await server.PostAsync(email);
        using var client = server.Process.ClientWith("wb_" + Marker + "aaaaaaaaaaaaaaaa");
        await UntouchedServer.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/emails?after={Marker}"), client);
        await UntouchedServer.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/{Marker}"), client);

        Assert.DoesNotContain(Marker, server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Process.ApiKey, server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_what_refusals_are_for_they_are_no_defects()
    {
        await server.PostAsync("{");
        await server.PostAsync(Encoding.UTF8.GetBytes(Post.With("from", "\"\\ud800\"")));

        Assert.DoesNotContain("\"LogLevel\":\"Error\"", server.Process.Output, StringComparison.Ordinal);
        Assert.Equal("ok", await server.Process.Client.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        using var ready = JsonDocument.Parse(await server.Process.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        Assert.True(ready.RootElement.GetProperty("is_ready").GetBoolean());
    }
}
