using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

/// <summary>
/// A data folder too deep for a socket's name has its socket under the temporary folder, where others could have been first.
/// </summary>
public sealed class The_control_socket : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly TemporaryFolder folder = new();

    string Temporary => Path.Combine(folder.Path, "tmp");

    string Deep => Path.Combine(folder.Path, new string('d', 120), "data");

    public The_control_socket() => Directory.CreateDirectory(Temporary);

    [Fact]
    public async Task Lies_in_no_folder_that_others_may_use()
    {
        Directory.CreateDirectory(Fallback, OwnerOnly | UnixFileMode.OtherExecute);

        await ShouldBeRefusedAsync("others than its owner may use it");
    }

    [Fact]
    public async Task Lies_behind_no_link()
    {
        var theirs = Directory.CreateDirectory(Path.Combine(folder.Path, "theirs"), OwnerOnly);
        Directory.CreateSymbolicLink(Fallback, theirs.FullName);

        await ShouldBeRefusedAsync("it is no folder but a link");
        Assert.Empty(theirs.EnumerateFileSystemInfos());
    }

    /// <summary>The decision itself, which every user can put to the test.</summary>
    [Theory]
    [InlineData(0u, 1000u, 1001u, true)]
    [InlineData(1000u, 1000u, 1001u, true)]
    [InlineData(1001u, 1000u, 1001u, true)]
    [InlineData(1001u, 0u, 1001u, true)]
    [InlineData(65534u, 1000u, 1001u, false)]
    [InlineData(65534u, 0u, 0u, false)]
    [InlineData(65534u, 1000u, null, false)]
    public void Is_of_root_ourselves_or_the_owner_of_the_data(uint user, uint ourselves, uint? owner, bool isTrusted) =>
        Assert.Equal(isTrusted, Control.ControlSocket.IsTrusted(user, ourselves, owner));

    [Fact]
    public async Task Lies_in_no_folder_of_another()
    {
        if (!Environment.IsPrivilegedProcess) // nobody else can give a folder away
        {
            AnotherIsNotTrusted();
            return;
        }

        Directory.CreateDirectory(Fallback, OwnerOnly);
        Assert.Equal(0, (await ProgramRun.OfAsync("chown", ["65534", Fallback])).ExitCode);

        await ShouldBeRefusedAsync("it belongs to the user 65534.");
    }

    [Fact]
    public async Task Is_asked_for_nothing_where_another_user_answers()
    {
        if (!Environment.IsPrivilegedProcess) // nobody else can answer as another
        {
            AnotherIsNotTrusted();
            return;
        }

        using var held = Hold();
        using var server = await ImpostorAsync();

        var run = await RunAsync("keys", "create");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "runs as the user 65534, who does not own that folder. It is no server of this data", run.Complaints, StringComparison.Ordinal);
        Assert.Empty(run.Text);
    }

    public void Dispose() => folder.Dispose();

    static void AnotherIsNotTrusted()
    {
        var us = uint.Parse(Ourselves, System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(Control.ControlSocket.IsTrusted(us + 1, us, us));
    }

    string Fallback => Path.Combine(Temporary, $"waybill-{Ourselves}");

    static string Ourselves =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2];

    async Task ShouldBeRefusedAsync(string why)
    {
        foreach (var verb in (string[][])[["serve"], ["keys", "create"]])
        {
            using var held = verb[0] == "serve" ? null : Hold();
            var run = await RunAsync(verb);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("cannot be trusted: " + why, run.Complaints, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Complaints, StringComparison.Ordinal);
        }
    }

    /// <summary>As a running server holds it, so that the verb asks over the socket.</summary>
    Engine.Storage.InstanceLock Hold() =>
        Engine.Storage.InstanceLock.TryTake(Deep) ?? throw new InvalidOperationException("The lock is held.");

    Task<ProgramRun> RunAsync(params string[] verb) =>
        ProgramRun.OfAsync(ServerProcess.Executable, verb, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Data__Path"] = Deep,
            ["TMPDIR"] = Temporary,
            ["ASPNETCORE_URLS"] = FormattableString.Invariant($"http://127.0.0.1:{FreePorts.Take()}"),
            ["SMTP_HOST"] = "",
        }, folder.Path);

    /// <summary>A socket in the right place that somebody else listens on.</summary>
    async Task<System.Diagnostics.Process> ImpostorAsync()
    {
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Deep)))[..16];
        Directory.CreateDirectory(Fallback, OwnerOnly);
        var path = Path.Combine(Fallback, name + ".sock");
        const string listen =
            "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un($ARGV[0])); $> = 65534; listen(S, 5); $| = 1; print "
                + "qq(up\n); <STDIN>";
        var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("perl", ["-e", listen, path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("up", await process.StandardOutput.ReadLineAsync());
        return process;
    }
}
