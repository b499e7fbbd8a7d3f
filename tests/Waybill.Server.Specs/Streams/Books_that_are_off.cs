using Waybill.Testing;

namespace Waybill.Server.Specs.Streams;

public class Books_that_are_off
{
    [Theory]
    [InlineData("racketbook", "keysat", "kyora")]
    [InlineData("kyora, keysat", "racketbook", "stringer")]
    public async Task Leave_no_word(string modules, params string[] others)
    {
        await using var server =
            await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = modules });

        var streams = await server.Client.GetStringAsync(new Uri("/v1/streams", UriKind.Relative));
        using var other = await server.Client.GetAsync(new Uri($"/v1/streams/{others[0]}.receipts", UriKind.Relative));

        Assert.Equal(404, (int)other.StatusCode);
        foreach (var module in modules.Split(", ")) Assert.Contains($"\"{module}.", streams, StringComparison.Ordinal);
        foreach (var word in others)
        {
            Assert.DoesNotContain(word, streams, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, await other.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, server.Output, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Help, list, settings, streams, scripts, style, routes and tables of a server with no book at all.</summary>
    [Fact]
    public async Task Leave_no_word_anywhere_where_all_are_off()
    {
        await using var server =
            await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = " " });
        using var owner = await OperatorClient.EnterAsync(server);
        var said = new List<string> { server.Output };
        foreach (var verb in (string[][])[["--help"], ["keys", "--help"], ["books"]]) said.Add((await server.RunAsync(verb)).Text);
        foreach (var path in (string[])[
            "/v1/streams", "/templates", "/admin/instance/settings", "/admin/instance/health", "/admin/t/default/streams",
            "/admin/t/default/people", "/admin/t/default/keys/new", Waybill.Screens.Asset.Href("waybill.css"),
            Waybill.Screens.Asset.Href("js/waybill.js")])
            said.Add(
                await (path.StartsWith("/admin", StringComparison.Ordinal) ? owner.Http : server.Client).GetStringAsync(
                    new Uri(path, UriKind.Relative)));
        foreach (var path in (string[])["/racketbook", "/racketbook/v1/orders",
            $"/assets/{Waybill.Screens.Asset.Folder.Version}/racketbook/racketbook.css"])
            Assert.Equal(404, (int)(await server.Client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        said.Add(await TablesAsync(server));

        foreach (var word in (string[])["racketbook", "keysat", "kyora", "stringer"])
            Assert.All(said, text => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    static async Task<string> TablesAsync(ServerProcess server)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(server.DataFolder, "waybill.db")};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var tables = connection.CreateCommand();
        tables.CommandText = "SELECT group_concat(name) FROM sqlite_schema";
        return (string)(await tables.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task That_nobody_knows_stop_the_start_with_a_sentence()
    {
        using var program = new Running.Program();

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Modules"] = "racketbook,tennisbook" });

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Modules names 'tennisbook'; there are racketbook, keysat, kyora.", run.Complaints, StringComparison.Ordinal);
    }
}
