using Waybill.Testing;
using Waybill.Testing.Real;

[assembly: AssemblyFixture(typeof(Waybill.Server.Specs.SharedServer))]

namespace Waybill.Server.Specs;

/// <summary>
/// One server with nothing configured (mail is captured) and one official client for all specs that need no server of their own.
/// Who asks first starts it. What a spec must not see of others it keeps apart by its own ids, or by a server of its own.
/// </summary>
public sealed class SharedServer : IAsyncDisposable
{
    readonly Lazy<Task<ServerProcess>> server = new(() => ServerProcess.StartAsync());
    readonly Lazy<Task<ResendClient>> client;
    readonly Lazy<Task<string>> otherTenant;

    public SharedServer()
    {
        client = new(StartClientAsync);
        otherTenant = new(CreateKeyOfAnotherTenantAsync);
    }

    public Task<ServerProcess> ServerAsync() => server.Value;

    public Task<ResendClient> ResendAsync() => client.Value;

    /// <summary>A full key of a tenant that is not the first one.</summary>
    public Task<string> KeyOfAnotherTenantAsync() => otherTenant.Value;

    /// <summary>Calls the official client with the first tenant's full key.</summary>
    public async Task<ResendAnswer> CallAsync(string operation, params object?[] arguments) =>
        await (await ResendAsync()).CallAsync(operation, arguments);

    /// <summary>Calls the official client with another key.</summary>
    public async Task<ResendAnswer> CallWithAsync(string key, string operation, params object?[] arguments) =>
        await (await ResendAsync()).CallWithAsync(key, operation, arguments);

    /// <summary>The email once its last event is this one.</summary>
    public Task<ResendAnswer> EmailOnceAsync(string id, string lastEvent) => Eventually.GetAsync(
        $"email {id} to be {lastEvent}",
        async () => await CallAsync("emails.get", id) is var email && email.Text("last_event") == lastEvent ? email : null);

    /// <summary>The bytes of a message that was sent, as the command line renders them.</summary>
    public async Task<byte[]> RenderAsync(string id)
    {
        var run = await (await ServerAsync()).RunAsync("render", id);
        Assert.True(run.ExitCode == 0, run.Complaints);
        return run.Output;
    }

    public async ValueTask DisposeAsync()
    {
        if (client.IsValueCreated && client.Value.IsCompletedSuccessfully) await (await client.Value).DisposeAsync();
        if (server.IsValueCreated && server.Value.IsCompletedSuccessfully) await (await server.Value).DisposeAsync();
    }

    async Task<ResendClient> StartClientAsync()
    {
        var running = await server.Value;
        return await ResendClient.StartAsync(running.Address, running.ApiKey);
    }

    async Task<string> CreateKeyOfAnotherTenantAsync() => await (await ServerAsync()).MakeKeyAsync("another");
}
