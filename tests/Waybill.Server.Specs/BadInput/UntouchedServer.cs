using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>The specs that share one server on which nothing is ever accepted, so that a list that is not empty is a defect.</summary>
[CollectionDefinition(nameof(UntouchedServer))]
public sealed class NothingIsAccepted : ICollectionFixture<UntouchedServer>;

/// <summary>A server that only ever refuses.</summary>
public sealed class UntouchedServer : IAsyncLifetime
{
    public ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Process is not null) await Process.DisposeAsync();
    }

    /// <summary>Posts JSON as it stands.</summary>
    public Task<Refused> PostAsync(string json, string path = "/emails") => PostAsync(Encoding.UTF8.GetBytes(json), path);

    /// <summary>Posts bytes as application/json.</summary>
    public Task<Refused> PostAsync(byte[] body, string path = "/emails")
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    /// <summary>Sends a request and reads the error that must come.</summary>
    public Task<Refused> SendAsync(HttpRequestMessage request) => SendAsync(request, Process.Client);

    /// <summary>As <see cref="SendAsync(HttpRequestMessage)"/>, by another client.</summary>
    public static async Task<Refused> SendAsync(HttpRequestMessage request, HttpClient client)
    {
        using var asked = request;
        using var answer = await client.SendAsync(asked);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.False(answer.IsSuccessStatusCode, text);
        if (asked.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal)) return Problem(answer, text);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(["statusCode", "name", "message"], json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal((int)answer.StatusCode, json.RootElement.GetProperty("statusCode").GetInt32());
        return new((int)answer.StatusCode, json.RootElement.GetProperty("name").GetString()!, json.RootElement.GetProperty("message").GetString()!);
    }

    /// <summary>An error of our own routes (RFC 9457).</summary>
    static Refused Problem(HttpResponseMessage answer, string text)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(text);
        Assert.Equal((int)answer.StatusCode, json.RootElement.GetProperty("status").GetInt32());
        var code = json.RootElement.GetProperty("code").GetString()!;
        Assert.Equal("urn:waybill:error:" + code, json.RootElement.GetProperty("type").GetString());
        return new((int)answer.StatusCode, code, json.RootElement.GetProperty("detail").GetString()!);
    }

    /// <summary>Octets of memory that are the process's own.</summary>
    public async Task<long> MemoryAsync()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{Process.Pid}/status");
        var own = lines.Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(own.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>That nothing was stored.</summary>
    public async Task ShouldBeEmptyAsync()
    {
        using var list = JsonDocument.Parse(await Process.Client.GetStringAsync(new Uri("/emails", UriKind.Relative)));
        Assert.Empty(list.RootElement.GetProperty("data").EnumerateArray());
    }
}

/// <summary>An error as Resend's clients read it.</summary>
public sealed record Refused(int Status, string Name, string Message)
{
    /// <summary>That it is this error, and that its sentence names what is wrong.</summary>
    public void ShouldBe(int status, string name, string named)
    {
        Assert.Equal((status, name), (Status, Name));
        Assert.Contains(named, Message, StringComparison.Ordinal);
        Assert.True(Message.Length < 600, "A sentence, not an echo of the input: " + Message.Length);
    }
}
