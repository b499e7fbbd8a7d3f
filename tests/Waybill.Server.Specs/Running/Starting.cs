using System.Text.Json;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Running;

public class Starting
{
    static readonly UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Says_all_that_a_person_needs_and_logs_none_of_it()
    {
        await using var server =
            await ServerProcess.StartAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["WAYBILL_API_KEY"] = "", ["WAYBILL_ADMIN_PASSWORD"] = "" });
        var banner = server.Output;

        Assert.Contains("address  " + server.Address.GetLeftPart(UriPartial.Authority), banner, StringComparison.Ordinal);
        Assert.Contains("sign in  " + server.Address + "admin/first/", banner, StringComparison.Ordinal);
        Assert.Matches("API key  wb_[A-Za-z0-9_-]{32}   \\(shown this once\\)", banner);
        Assert.Contains("mail     Mail is captured", banner, StringComparison.Ordinal);
        Assert.All(LogLines(server), line => Assert.DoesNotContain("wb_", line, StringComparison.Ordinal));
        Assert.All(LogLines(server), line => Assert.DoesNotContain("/admin/first/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_a_key_once_and_takes_over_what_a_killed_server_left()
    {
        await using var server = await ServerProcess.StartAsync(Settings("WAYBILL_API_KEY", ""));
        await server.KillAsync();
        Assert.True(File.Exists(Path.Combine(server.DataFolder, "control.sock")), "the stale socket is what this is about");

        await server.StartAgainAsync();

        Assert.Equal(2, server.Output.Split("is ready").Length - 1);
        Assert.Equal(1, server.Output.Split("(shown this once)").Length - 1);
        Assert.Contains("made before", server.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await server.RunAsync("keys", "list")).ExitCode);
    }

    [Fact]
    public async Task Leaves_files_that_only_their_owner_can_read()
    {
        await using var server = await ServerProcess.StartAsync();

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(server.DataFolder));
        foreach (var name in (string[])["control.sock", "waybill.db", "waybill.db-wal", "waybill.db-shm", "keys/master.key"])
            Assert.Equal((name, Owner), (name, File.GetUnixFileMode(Path.Combine(server.DataFolder, name))));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(server.DataFolder, "keys")));
    }

    [Fact]
    public async Task Does_not_happen_twice_on_one_folder_or_one_port()
    {
        await using var server = await ServerProcess.StartAsync();
        using var program = new Program();

        var second = await program.RunAsync(Settings("Data__Path", server.DataFolder));
        var sameport = await program.RunAsync(Settings("ASPNETCORE_URLS", server.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal((1, 1), (second.ExitCode, sameport.ExitCode));
        Assert.Contains($"Another Waybill is running on {server.DataFolder}", second.Complaints, StringComparison.Ordinal);
        Assert.Contains("already in use", sameport.Complaints, StringComparison.Ordinal);
        Assert.Contains("--urls", sameport.Complaints, StringComparison.Ordinal);
        Assert.Equal(0, (await server.RunAsync("keys", "list")).ExitCode); // and took nothing of the first one's with it
    }

    [Fact]
    public async Task Makes_the_data_folder_though_database_keys_and_files_lie_elsewhere()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "postgres",
            ["Database__ConnectionString"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
            ["Secrets__KeyPath"] = Path.Combine(folder.Path, "keys"),
            ["Storage__Local__Path"] = Path.Combine(folder.Path, "files"),
            ["Data__Path"] = Path.Combine(folder.Path, "not/yet/there"),
        });

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder.Path, "not/yet/there")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "not/yet/there/control.sock")), server.Output);
    }

    [Theory]
    [InlineData("a folder with blanks/and ümläuts")]
    [InlineData("deep-deep-deep-deep-deep-deep/deep-deep-deep-deep-deep-deep/deep-deep-deep-deep-deep-deep/deep-deep-deep-deep-deep-deep")]
    public async Task Works_in_any_folder(string path)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(Settings("Data__Path", Path.Combine(folder.Path, path)));

        var made = await server.RunAsync("keys", "create", "--name", "Zoë");
        var list = await server.RunAsync("keys", "list");

        Assert.True(made.ExitCode == 0, made.Complaints);
        Assert.Contains("Zoë", list.Text, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task Writes_one_JSON_object_a_log_line()
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = FormattableString.Invariant($"{FreePorts.Take()}"),
            ["SMTP_SECURITY"] = "none",
        });
        var test = await server.RunAsync("send-test", "--to", "ada@example.org"); // fails, which is logged

        Assert.Equal(1, test.ExitCode);
        var lines = LogLines(server);
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            using var entry = JsonDocument.Parse(line);
            Assert.True(entry.RootElement.TryGetProperty("Timestamp", out _));
            Assert.True(entry.RootElement.TryGetProperty("LogLevel", out _));
        });
        Assert.DoesNotContain("ada@example.org", string.Concat(lines), StringComparison.Ordinal);
    }

    /// <summary>The banner goes to the console too, and is no log.</summary>
    static List<string> LogLines(ServerProcess server)
    {
        var lines = server.Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var isBanner = (string line) => line.Length == 0 || line.StartsWith("  ", StringComparison.Ordinal)
            || line.StartsWith("Waybill ", StringComparison.Ordinal);
        return [.. lines.Where(line => !isBanner(line))];
    }

    static Dictionary<string, string> Settings(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
