using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Testing.Real;

/// <summary>Resend's official JavaScript client, pointed at a server of ours. Calls may run at the same time.</summary>
public sealed class ResendClient : IAsyncDisposable
{
    static readonly Lazy<Task<string>> Tool = new(() => NodeTool.InstallAsync("resend", "client.mjs"));
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    readonly ConcurrentDictionary<int, TaskCompletionSource<ResendAnswer>> waiting = new();
    readonly Lock writing = new();
    readonly Process process;
    readonly string key;
    readonly Task reading;
    int calls;

    ResendClient(string tool, Uri server, string key)
    {
        this.key = key;
        var address = server.GetLeftPart(UriPartial.Authority);
        process =
            ProgramRun.Start("node", [tool], new Dictionary<string, string>(StringComparer.Ordinal) { ["RESEND_BASE_URL"] = address });
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Console.Error.WriteLine(line.Data); };
        process.BeginErrorReadLine();
        reading = ReadAsync();
    }

    /// <summary>A client with this key for every call that names no other.</summary>
    public static async Task<ResendClient> StartAsync(Uri server, string key) => new(await Tool.Value, server, key);

    /// <summary>What stands for a Buffer among the arguments.</summary>
    public static object Buffer(byte[] content) => new Dictionary<string, string> { ["$base64"] = Convert.ToBase64String(content) };

    /// <summary>Calls a method of the client by its path, such as <c>emails.attachments.list</c>.</summary>
    public Task<ResendAnswer> CallAsync(string operation, params object?[] arguments) => CallWithAsync(key, operation, arguments);

    /// <summary>As <see cref="CallAsync"/>, with another key.</summary>
    public Task<ResendAnswer> CallWithAsync(string otherKey, string operation, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref calls);
        var answer = new TaskCompletionSource<ResendAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        var line = JsonSerializer.Serialize(new Call(id, otherKey, operation, arguments), Json);
        lock (writing) process.StandardInput.WriteLine(line);
        return answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await reading;
        process.Dispose();
    }

    async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var reply = JsonSerializer.Deserialize<Reply>(line, Json)!;
            if (waiting.TryRemove(reply.Id, out var answer)) answer.SetResult(new(reply.Data, reply.Error, reply.Headers));
        }
        foreach (var answer in waiting.Values) answer.TrySetException(new InvalidOperationException("The node process ended."));
    }

    // Installed beside the build's output, so that the source tree stays clean; again only when the lock file changed.
    sealed record Call(int Id, string Key, string Op, object?[] Args);

    sealed record Reply(int Id, JsonElement? Data, ResendError? Error, Dictionary<string, string>? Headers);
}
