using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

public sealed class Starting_without_its_master_key : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    string KeyFile => Path.Combine(folder.Path, "data", "keys", "master.key");

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await RunAsync("migrate")).ExitCode);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Is_refused_with_a_sentence_by_every_verb_and_makes_no_other()
    {
        File.Delete(KeyFile);

        foreach (var verb in (string[][])[["serve"], ["migrate"], ["audit", "verify"], ["keys", "rotate-master"]])
        {
            var run = await RunAsync(verb);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"Secrets:KeyPath: the master key '{KeyFile}' is missing", run.Complaints, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Complaints, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public async Task Is_refused_under_another_one_too_which_stays_as_it_is()
    {
        var other = Convert.ToBase64String(new byte[32]);
        await File.WriteAllTextAsync(KeyFile, other);

        var run = await RunAsync("serve");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"Secrets:KeyPath: the master key '{KeyFile}' is not the one of this database", run.Complaints, StringComparison.Ordinal);
        Assert.Equal(other, await File.ReadAllTextAsync(KeyFile));
        Assert.Contains(
            "WAYBILL_MASTER_KEY is not the master key", (await RunAsync(["audit", "verify"], other)).Complaints, StringComparison.Ordinal);
    }

    Task<ProgramRun> RunAsync(params string[] verb) => RunAsync(verb, masterKey: null);

    Task<ProgramRun> RunAsync(string[] verb, string? masterKey)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Data__Path"] = Path.Combine(folder.Path, "data"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:1"
        };
        if (masterKey is not null) settings["WAYBILL_MASTER_KEY"] = masterKey;
        return ProgramRun.OfAsync(ServerProcess.Executable, verb, settings, folder.Path);
    }
}
