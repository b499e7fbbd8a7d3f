using System.Diagnostics;
using System.Text;
using Waybill.Testing;

namespace Waybill.Bench.Subjects;

/// <summary>The Release build of the server as a process of its own, on a free port and a folder of its own. It dies with us.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>WAYBILL_BENCH_SERVER names another build, to compare two.</summary>
    static readonly string Executable =
        Environment.GetEnvironmentVariable("WAYBILL_BENCH_SERVER") ?? Repository.PathOf("artifacts/bin/Waybill.Server/release/waybill");

    readonly TemporaryFolder folder = new();
    readonly StringBuilder output = new();
    readonly Dictionary<string, string> settings;
    Process? process;

    ServerUnderTest(JournalDatabase database, IReadOnlyDictionary<string, string> extra)
    {
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePorts.Take()}"));
        Client = new HttpClient { BaseAddress = Address };
        Journal = database.At(DataFolder);
        settings = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
            ["Data__Path"] = DataFolder,
            ["WAYBILL_API_KEY"] = ApiKey,
            ["WAYBILL_OPERATOR_EMAIL"] = OwnerEmail,
            ["WAYBILL_ADMIN_PASSWORD"] = OwnerPassword,
        };
        foreach (var (name, value) in Journal.Settings.Concat(extra)) settings[name] = value;
    }

    /// <summary>Who owns it.</summary>
    public const string OwnerEmail = "owner@example.org";

    /// <summary>The owner's password.</summary>
    public const string OwnerPassword = "four words of mine";

    public string ApiKey { get; } = "wb_" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>The database that it works on, to look into from outside.</summary>
    public JournalDatabase Journal { get; }

    /// <summary>How long the start on an empty folder took.</summary>
    public TimeSpan FirstStart { get; private set; }

    public int Pid => process!.Id;

    /// <summary>Everything it wrote to its console.</summary>
    public string Output { get { lock (output) return output.ToString(); } }

    string DataFolder => Path.Combine(folder.Path, "data");

    public static async Task<ServerUnderTest> StartAsync(JournalDatabase database, IReadOnlyDictionary<string, string>? extra = null)
    {
        var server = new ServerUnderTest(database, extra ?? new Dictionary<string, string>());
        server.FirstStart = await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it, again if it ran before on the same data, and says how long it took from exec to a ready answer.</summary>
    public async Task<TimeSpan> StartAgainAsync()
    {
        if (process is not null) await StopAsync();
        var start = new ProcessStartInfo("sh", [Repository.PathOf("tests/real/leash.sh"), Executable])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await IsReadyAsync()) await Task.Delay(5);
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        folder.Dispose();
    }

    /// <summary>Runs the same program's command line beside it; gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var run = Process.Start(start)!;
        var printed = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return run.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"waybill {arguments[0]} ended with {run.ExitCode}: {printed}");
    }

    async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    async Task<bool> IsReadyAsync()
    {
        if (process!.HasExited) throw new InvalidOperationException("The server ended before it was ready:\n" + Output);
        try
        {
            using var answer = await Client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void Keep(object sender, DataReceivedEventArgs line) { lock (output) output.AppendLine(line.Data); }
}
