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
        using var json = JsonDocument.Parse(text);
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            return Problem((int)answer.StatusCode, json.RootElement);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["statusCode", "name", "message"], json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal((int)answer.StatusCode, json.RootElement.GetProperty("statusCode").GetInt32());
        return new(
            (int)answer.StatusCode, json.RootElement.GetProperty("name").GetString()!,
            json.RootElement.GetProperty("message").GetString()!);
    }

    /// <summary>The same error under /v1 (RFC 9457).</summary>
    static Refused Problem(int status, JsonElement json)
    {
        Assert.Equal(
            ["code", "detail", "status", "title", "type"],
            json.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        return new(status, json.GetProperty("code").GetString()!, json.GetProperty("detail").GetString()!);
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
