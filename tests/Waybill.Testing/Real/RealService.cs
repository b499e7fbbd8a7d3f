using System.Diagnostics;
using System.Text;

namespace Waybill.Testing.Real;

/// <summary>
/// A real server, started by a script of <c>tests/real</c> in a folder of its own. It stops when disposed of, and also when this process
/// dies in any way: <c>hold.sh</c> holds it only as long as the pipe to us is open.
/// </summary>
public sealed class RealService : IAsyncDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    readonly StringBuilder complaints = new();
    readonly IReadOnlyDictionary<string, string>? settings;
    readonly string script;
    readonly Process holder;

    RealService(string script, IEnumerable<object> arguments, IReadOnlyDictionary<string, string>? settings)
    {
        this.script = script;
        this.settings = settings;
        holder = ProgramRun.Start("setsid", ["sh", Repository.PathOf("tests/real/hold.sh"), script, .. Words(arguments)], settings);
        holder.ErrorDataReceived += (_, line) => { lock (complaints) complaints.AppendLine(line.Data); };
        holder.BeginErrorReadLine();
    }

    /// <summary>Starts <c>tests/real/SCRIPT.sh</c> with these arguments after its folder, and these environment variables.</summary>
    public static async Task<RealService> StartAsync(
        string script, IEnumerable<object> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var service = new RealService(script, arguments, settings);
        try
        {
            await service.ReadUntilReadyAsync().WaitAsync(StartLimit);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>One of the KEY=VALUE lines that the script printed.</summary>
    public string this[string key] => values[key];

    /// <summary>The service's own folder; it is removed with the service.</summary>
    public string Folder => this["DIR"];

    /// <summary>Runs another verb of the same script on the running service, and gives what it printed.</summary>
    public async Task<string> RunAsync(string verb, params object[] arguments)
    {
        var program = Repository.PathOf($"tests/real/{script}.sh");
        var run = await ProgramRun.OfAsync("sh", [program, verb, Folder, .. Words(arguments)], settings);
        return run.ExitCode == 0 ? run.Text : throw new InvalidOperationException($"{script}.sh {verb} failed: {run.Complaints}");
    }

    public async ValueTask DisposeAsync()
    {
        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        holder.Dispose();
    }

    async Task ReadUntilReadyAsync()
    {
        while (await holder.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "READY") return;
            var (key, value) = Split(line);
            values[key] = value;
        }
        await holder.WaitForExitAsync();
        lock (complaints) throw new InvalidOperationException($"{script}.sh did not start: {complaints}");
    }

    static (string Key, string Value) Split(string line) => line.IndexOf('=', StringComparison.Ordinal) switch
    {
        < 0 => (line, ""),
        var at => (line[..at], line[(at + 1)..]),
    };

    static IEnumerable<string> Words(IEnumerable<object> arguments) =>
        arguments.Select(argument => FormattableString.Invariant($"{argument}"));
}
