using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Server.Connections;
using Waybill.Testing;

namespace Waybill.Server.Specs.Connections;

/// <summary>Real sockets, two places, one more for who is told to come back. <c>/slow</c> answers when it is let.</summary>
public sealed class A_web_server_behind_its_door : IAsyncLifetime
{
    readonly TaskCompletionSource slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim begun = new(0);
    readonly ConnectionDoor door = new(new ConnectionLimits(Served: 2, Surplus: 1, OfOneAddress: 2), []);
    WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddConnectionDoors(door);
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseConnectionDoors();
        app.Run(async context =>
        {
            if (context.Request.Path != "/slow") return;
            begun.Release();
            await slow.Task;
        });
        await app.StartAsync();
    }

    [Fact]
    public async Task Answers_503_to_one_too_many_and_serves_again_when_there_is_room()
    {
        using var first = await AskAsync("/slow");
        using var second = await AskAsync("/slow");
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        await begun.WaitAsync(TestContext.Current.CancellationToken);

        using var third = await AskAsync("/");
        var refused = await ReadToEndAsync(third);
        slow.SetResult();

        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 1\r\n", refused, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", refused, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"application_error\"", refused, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(second), StringComparison.Ordinal);
        await Eventually.IsTrueAsync("another to be answered", IsAnsweredAsync); // an answer is read a moment before its request is over
    }

    [Fact]
    public async Task Closes_the_idle_ones_for_each_that_comes_and_answers_everyone()
    {
        var silent = new List<Socket>();
        for (var i = 0; i < 50; i++) silent.Add(await ConnectAsync());

        for (var i = 0; i < 20; i++)
        {
            using var honest = await AskAsync("/");
            Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(honest), StringComparison.Ordinal);
        }

        Assert.InRange(door.Figures.Open, 0, 4);
        Assert.True(door.Figures.Dropped >= 48, door.Figures.ToString());
        silent.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task Closes_one_that_was_of_use_between_two_requests()
    {
        using var kept = await AskAsync("/");
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(kept), StringComparison.Ordinal);
        using var other = await AskAsync("/");
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(other), StringComparison.Ordinal);

        using var third = await AskAsync("/");

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(third), StringComparison.Ordinal);
        Assert.Equal("", await ReadToEndAsync(kept)); // its end, and no reset
    }

    public async ValueTask DisposeAsync()
    {
        slow.TrySetResult();
        await app.DisposeAsync();
        begun.Dispose();
    }

    async Task<bool> IsAnsweredAsync()
    {
        using var socket = await AskAsync("/");
        try
        {
            return (await ReadAsync(socket)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false; // closed, for all places are taken
        }
    }

    async Task<Socket> AskAsync(string path)
    {
        var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return socket;
    }

    async Task<Socket> ConnectAsync()
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return socket;
    }

    static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }

    static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        while (await ReadAsync(socket) is { Length: > 0 } part) text.Append(part);
        return text.ToString();
    }
}
