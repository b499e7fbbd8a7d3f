using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

/// <summary>The built program in a folder of its own, for runs that end by themselves.</summary>
internal sealed class Program : IDisposable
{
    readonly TemporaryFolder folder = new();

    /// <summary>Its data folder, unless a setting says otherwise.</summary>
    public string Data => Path.Combine(folder.Path, "data");

    /// <summary>Where it runs.</summary>
    public string Folder => folder.Path;

    /// <summary>The executable.</summary>
    public static string Executable { get; } = Repository.PathOf("artifacts/bin/Waybill.Server/debug/waybill");

    /// <summary>Runs it to its end with these settings as environment variables.</summary>
    public Task<ProgramRun> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        ProgramRun.OfAsync(Executable, arguments, With(settings), folder.Path);

    /// <summary>As <see cref="RunAsync"/>, by way of another program.</summary>
    public Task<ProgramRun> RunByAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings) =>
        ProgramRun.OfAsync(program, arguments, With(settings), folder.Path);

    Dictionary<string, string> With(IReadOnlyDictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Data__Path"] = Data,
            ["ASPNETCORE_URLS"] = FormattableString.Invariant($"http://127.0.0.1:{FreePorts.Take()}"),
            ["ASPNETCORE_ENVIRONMENT"] = "",
            ["DOTNET_ENVIRONMENT"] = "",
            ["SMTP_HOST"] = "",
        };
        foreach (var (name, value) in settings) all[name] = value;
        return all;
    }

    public void Dispose() => folder.Dispose();
}
