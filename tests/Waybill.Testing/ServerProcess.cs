using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Waybill.Testing;

/// <summary>
/// The built <c>waybill</c> as a process of its own, on a free port and a data folder that lasts over its deaths. It never outlives the
/// specs: <c>leash.sh</c> kills it when the pipe to us ends.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TemporaryFolder folder = new();
    readonly StringBuilder output = new();
    readonly Dictionary<string, string> settings;
    Process? process;

    readonly string program;

    ServerProcess(IReadOnlyDictionary<string, string>? extra, string program)
    {
        this.program = program;
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePorts.Take()}"));
        Client = ClientWith(ApiKey);
        settings = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
            ["Data__Path"] = DataFolder,
            ["WAYBILL_API_KEY"] = ApiKey,
            ["WAYBILL_OPERATOR_EMAIL"] = OwnerEmail,
            ["WAYBILL_ADMIN_PASSWORD"] = OwnerPassword,
            // What the developer's shell may have set.
            ["ASPNETCORE_ENVIRONMENT"] = "",
            ["DOTNET_ENVIRONMENT"] = "",
            ["SMTP_HOST"] = "",
        };
        Add(extra);
    }

    /// <summary>Starts it and waits until <c>/readyz</c> says yes. The settings are environment variables.</summary>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string? program = null)
    {
        var server = new ServerProcess(settings, program ?? Executable);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who owns it, unless the settings of a spec take this away.</summary>
    public const string OwnerEmail = "owner@example.org";

    /// <summary>The owner's password.</summary>
    public const string OwnerPassword = "four words of mine";

    /// <summary>The program as the last build left it.</summary>
    public static string Executable { get; } = Repository.PathOf("artifacts/bin/Waybill.Server/debug/waybill");

    /// <summary>The key with every scope that it was first started with.</summary>
    public string ApiKey { get; } = "wb_" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));

    public Uri Address { get; }

    /// <summary>Speaks with <see cref="ApiKey"/> to <see cref="Address"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>Its process id in its present life.</summary>
    public int Pid => Running.Id;

    public string DataFolder => Path.Combine(folder.Path, "data");

    /// <summary>Everything it wrote to its console, over all its lives.</summary>
    public string Output { get { lock (output) return output.ToString(); } }

    /// <summary>A client of its own for another key, or for none.</summary>
    public HttpClient ClientWith(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Starts it again on the same data and port; further settings stay, an empty value takes one away.</summary>
    public async Task StartAgainAsync(IReadOnlyDictionary<string, string>? extra = null)
    {
        Launch(extra);
        await BecomeReadyAsync();
    }

    /// <summary>Done when <c>/readyz</c> says yes, for one that was launched.</summary>
    public async Task BecomeReadyAsync()
    {
        try { await Eventually.IsTrueAsync("waybill to be ready", () => IsReadyAsync(Running), Patience); }
        catch (TimeoutException late) { throw new TimeoutException($"{late.Message} It said:\n{Output}", late); }
    }

    /// <summary>As <see cref="StartAgainAsync"/>, without waiting for anything: it may die before it is ready.</summary>
    public void Launch(IReadOnlyDictionary<string, string>? extra = null)
    {
        Add(extra);
        process?.Dispose();
        process = ProgramRun.Start("sh", [Repository.PathOf("tests/real/leash.sh"), program], settings, folder.Path);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await WaitForEndAsync();
    }

    /// <summary>SIGTERM, and its exit code once it has gone.</summary>
    public Task<int> StopAsync()
    {
        const int sigTerm = 15;
        _ = Kill(Running.Id, sigTerm);
        return WaitForEndAsync();
    }

    /// <summary>SIGSTOP: it lives and does nothing, as in a virtual machine that is moved, until <see cref="Thaw"/>.</summary>
    public void Freeze()
    {
        const int sigStop = 19;
        _ = Kill(Running.Id, sigStop);
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw()
    {
        const int sigCont = 18;
        _ = Kill(Running.Id, sigCont);
    }

    /// <summary>Its exit code once it has gone of itself (137 after SIGKILL), as with <see cref="KillHook"/>.</summary>
    public async Task<int> WaitForEndAsync()
    {
        await Running.WaitForExitAsync().WaitAsync(Patience);
        return Running.ExitCode;
    }

    /// <summary>
    /// Makes a key by the control socket, which is what <c>waybill keys create</c> does; without a process of its own for each key.
    /// </summary>
    /// <param name="tenant">Whose, made if there is none of the name; null: the whole instance's.</param>
    /// <param name="scopes">What it may do; none: everything.</param>
    public async Task<string> MakeKeyAsync(string? tenant, params string[] scopes)
    {
        using var client =
            new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://control") };
        var whose = tenant is null ? "instance=true" : "tenant=" + Uri.EscapeDataString(tenant);
        var may = string.Concat((scopes is [] ? ["full"] : scopes).Select(scope => "&scope=" + Uri.EscapeDataString(scope)));
        using var made = await client.PostAsync(new Uri($"/control/keys/create?name=specs&{whose}{may}", UriKind.Relative), content: null);
        var answer = await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        if (answer.GetProperty("exit_code").GetInt32() != 0) throw new InvalidOperationException(answer.GetProperty("notes").GetString());
        return Encoding.UTF8.GetString(answer.GetProperty("output").GetBytesFromBase64()).Trim();
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(DataFolder, "control.sock")), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Runs one of the command line's verbs with the same settings, beside the running server or without it.</summary>
    public Task<ProgramRun> RunAsync(params string[] verb) => ProgramRun.OfAsync(program, verb, settings, folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Client.Dispose();
        folder.Dispose();
    }

    Process Running => process ?? throw new InvalidOperationException("The server was never started.");

    void Add(IReadOnlyDictionary<string, string>? extra)
    {
        foreach (var (key, value) in extra ?? new Dictionary<string, string>(StringComparer.Ordinal)) settings[key] = value;
    }

    void Keep(object sender, DataReceivedEventArgs line) { lock (output) output.AppendLine(line.Data); }

    async Task<bool> IsReadyAsync(Process started)
    {
        if (started.HasExited) throw new InvalidOperationException($"waybill ended with {started.ExitCode} before it was ready:\n{Output}");
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

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
