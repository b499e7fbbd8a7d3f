using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Waybill.Server.Specs.Relays;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Running;

public class The_command_line
{
    const string NoMessage = "01928374-6574-7392-8192-837465748392";

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Does_the_same_beside_a_running_server_and_without_one(string database)
    {
        await using var server = await ServerProcess.StartAsync(await SettingsForAsync(database));
        var id = await server.PostEmailAsync();
        await server.ShouldBecomeAsync(id, "sent");
        var beside = await RunAllAsync(server, id);

        Assert.Equal(0, await server.StopAsync());
        var alone = await RunAllAsync(server, id);

        Assert.Equal(beside, alone);
        Assert.Contains("Thank you.", Encoding.UTF8.GetString(beside), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revokes_a_key_that_is_refused_from_then_on()
    {
        await using var server = await ServerProcess.StartAsync();
        var made = await server.RunAsync("keys", "create", "--name", "for a day", "--scope", "emails:read");
        Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(server, made.Text.Trim()));

        var revoked = await server.RunAsync("keys", "revoke", IdOf(made));

        Assert.True(revoked.ExitCode == 0, revoked.Complaints);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusWithAsync(server, made.Text.Trim()));
        Assert.DoesNotContain("for a day", (await server.RunAsync("keys", "list")).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await server.RunAsync("keys", "revoke", IdOf(made))).ExitCode);
    }

    [Fact]
    public async Task Renders_only_what_was_composed()
    {
        await using var server = await ServerProcess.StartAsync();
        using var scheduled = await server.Client.PostAsync(new Uri("/emails", UriKind.Relative), new StringContent(
            """{"from":"a@example.com","to":"b@example.org","subject":"s","text":"t","scheduled_at":"in 1 hour"}""", Encoding.UTF8,
            "application/json"));
        var taken = await scheduled.Content.ReadAsStringAsync();
        Assert.True(scheduled.IsSuccessStatusCode, taken + server.Output);
        var id = taken.Split('"')[3];

        await ShouldBeToldAsync(server, "is scheduled and has not been composed yet", "render", id);
        await ShouldBeToldAsync(server, $"There is no message {NoMessage}.", "render", NoMessage);
        await ShouldBeToldAsync(server, "'nonsense' is not a message's id.", "render", "nonsense");
    }

    [Fact]
    public async Task Tells_what_it_cannot_do()
    {
        await using var server = await ServerProcess.StartAsync();

        await ShouldBeToldAsync(server, "'nonsense' is not a key's id", "keys", "revoke", "nonsense");
        await ShouldBeToldAsync(server, "There is no scope 'root'", "keys", "create", "--scope", "root");
        await ShouldBeToldAsync(server, "cannot be a tenant's name", "keys", "create", "--tenant", "a b");
        await ShouldBeToldAsync(server, "cannot be a key's name", "keys", "create", "--name", "a\nb");
        await ShouldBeToldAsync(server, "cannot be a key's name", "keys", "create", "--name", "");
        await ShouldBeToldAsync(server, "'nobody' is not an address", "send-test", "--to", "nobody");
        await ShouldBeToldAsync(server, "it migrated when it started", "migrate");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Proves_the_audit_beside_a_running_server_and_without_one(string database)
    {
        await using var server = await ServerProcess.StartAsync(await SettingsForAsync(database));
        var beside = await server.RunAsync("audit", "verify");
        Assert.Equal(0, await server.StopAsync());
        var alone = await server.RunAsync("audit", "verify");

        Assert.Equal((0, 0), (beside.ExitCode, alone.ExitCode));
        Assert.StartsWith(
            "The audit is what was appended: 1 rows.\nIt ends with row 1, fingerprint ", beside.Text, StringComparison.Ordinal);
        Assert.Equal(beside.Text, alone.Text);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Verifies_the_database_beside_a_running_server_and_without_one(string database)
    {
        await using var server = await ServerProcess.StartAsync(await SettingsForAsync(database));
        var beside = await server.RunAsync("verify");
        Assert.Equal(0, await server.StopAsync());
        var alone = await server.RunAsync("verify");

        Assert.True(beside.ExitCode == 0, beside.Complaints + beside.Text);
        Assert.Equal((0, beside.Text), (alone.ExitCode, alone.Text));
        Assert.Contains(
            database == "sqlite" ? "is sound: every page, row and index was read" : "Every constraint of the database holds.", beside.Text,
            StringComparison.Ordinal);
        Assert.Contains("The audit is what was appended", beside.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifies_a_copy_and_starts_on_no_file_with_garbage_in_it()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.PostEmailAsync();
        Assert.Equal(0, await server.StopAsync());
        var file = Path.Combine(server.DataFolder, "waybill.db");
        var copy = Path.Combine(server.DataFolder, "copy.db");
        File.Copy(file, copy);
        await OverwriteAsync(file);

        var sound = await server.RunAsync("verify", "--file", copy);
        var damaged = await server.RunAsync("verify", "--file", file);
        var verify = await server.RunAsync("verify");
        var start = await server.RunAsync("serve");

        Assert.True(sound.ExitCode == 0, sound.Complaints + sound.Text);
        Assert.Contains("is DAMAGED", damaged.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (damaged.ExitCode, verify.ExitCode, start.ExitCode));
        Assert.All(
            [verify, start], run => Assert.Contains($"The database file '{file}' is damaged: ", run.Complaints, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", start.Complaints, StringComparison.Ordinal);
        Assert.Equal(1, (await server.RunAsync("verify", "--file", copy + ".not")).ExitCode);
    }

    /// <summary>Garbage from the middle of the file on, for a quarter of it.</summary>
    static async Task OverwriteAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2 / 4096 * 4096;
        await stream.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(stream.Length / 4)).ToArray());
    }

    [Fact]
    public async Task Names_a_row_of_the_audit_that_somebody_changed()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.StopAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "waybill.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var edit = connection.CreateCommand();
            edit.CommandText = "UPDATE audit SET who = 'eve@example.org'";
            Assert.Equal(1, await edit.ExecuteNonQueryAsync());
        }

        var run = await server.RunAsync("audit", "verify");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The audit is NOT what was appended: 1 thing does not fit (1 rows).", run.Text, StringComparison.Ordinal);
        Assert.Contains("\nRow 1 (", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrates_once()
    {
        using var program = new Program();

        var first = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "migrate");
        var second = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "migrate");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.StartsWith("Ran ", first.Text, StringComparison.Ordinal);
        Assert.Equal("The schema is up to date.\n", second.Text);
    }

    [Fact]
    public async Task Explains_itself()
    {
        using var program = new Program();

        var help = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.All(
            ["serve", "migrate", "keys", "render", "send-test", "people", "audit"],
            verb => Assert.Contains(verb, help.Text, StringComparison.Ordinal));
        Assert.False(Directory.Exists(program.Data));
    }

    /// <summary>Makes, lists, renders; and gives the rendered bytes.</summary>
    static async Task<byte[]> RunAllAsync(ServerProcess server, string id)
    {
        var made = await server.RunAsync("keys", "create", "--name", "on the line");
        Assert.True(made.ExitCode == 0, made.Complaints);
        Assert.StartsWith("wb_", made.Text, StringComparison.Ordinal);
        Assert.Contains(IdOf(made), (await server.RunAsync("keys", "list")).Text, StringComparison.Ordinal);
        var rendered = await server.RunAsync("render", id);
        Assert.True(rendered.ExitCode == 0, rendered.Complaints);
        return rendered.Output;
    }

    static async Task ShouldBeToldAsync(ServerProcess server, string sentence, params string[] verb)
    {
        var run = await server.RunAsync(verb);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(sentence, run.Complaints, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    static string IdOf(ProgramRun made) => made.Complaints.Split(' ')[1].TrimEnd('.');

    static async Task<HttpStatusCode> StatusWithAsync(ServerProcess server, string key)
    {
        using var client = server.ClientWith(key);
        using var answer = await client.GetAsync(new Uri("/emails", UriKind.Relative));
        return answer.StatusCode;
    }

    static async Task<Dictionary<string, string>?> SettingsForAsync(string database) => database == "sqlite"
        ? null
        : new(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "postgres",
            ["Database__ConnectionString"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(),
        };
}
