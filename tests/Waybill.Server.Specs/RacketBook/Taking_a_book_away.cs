using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Server.Specs.RacketBook;

public sealed class Taking_a_book_away(SharedServer shared)
{
    [Fact]
    public async Task Gives_a_workbook_and_a_document_and_the_workbook_comes_in_elsewhere_after_a_rehearsal()
    {
        var server = await shared.ServerAsync();
        var (shop, other) = (await Workshop.OpenAsync(server), await Workshop.OpenAsync(server, "Another's Strings"));
        var order = await shop.OrderAsync(await shop.ClientAsync("anna@example.net", "Anna", "Exported"));
        await shop.StringAsync(order);

        var (workbook, name) = await shop.FileAsync("export.xlsx");
        var (document, _) = await shop.FileAsync("export.json");
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "book.xlsx");
        await File.WriteAllBytesAsync(file, workbook);
        var rehearsed = await server.RunAsync("import", "racketbook", file, "--for", EmailOf(other));
        var before = (await other.GetAsync("orders")).Body.GetProperty("data").GetArrayLength();
        var imported = await server.RunAsync("import", "racketbook", file, "--for", EmailOf(other), "--apply");

        Assert.StartsWith("rbo-court-side-strings-", name, StringComparison.Ordinal);
        using (var parts = new ZipArchive(new MemoryStream(workbook))) Assert.NotNull(parts.GetEntry("xl/workbook.xml"));
        Assert.Equal(order, JsonDocument.Parse(document).RootElement.GetProperty("orders")[0].GetProperty("id").GetString());
        Assert.Contains("Would be added: ", rehearsed.Text, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (rehearsed.ExitCode, before, imported.ExitCode));
        var taken = Assert.Single((await other.GetAsync("orders")).Body.GetProperty("data").EnumerateArray());
        Assert.Equal(("Anna Exported", "strung"), (taken.GetProperty("client").GetString(), taken.GetProperty("state").GetString()));
        Assert.Empty(await other.EmitsAsync(taken.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task Is_an_admins_too_and_nobody_elses()
    {
        var server = await shared.ServerAsync();
        var (shop, other) = (await Workshop.OpenAsync(server), await Workshop.OpenAsync(server));

        Assert.Equal(HttpStatusCode.OK, (await other.AsAdminAsync(HttpMethod.Get, "export.json")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.GetAsync($"export.json?as_stringer={other.Id}")).Status);
        using var owner = await OperatorClient.EnterAsync(server);
        var (_, audit) = await owner.GetAsync($"/admin/t/{EmailOf(other).Split('@')[0]}/audit");
        Assert.Contains("GET /racketbook/v1/export.json", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_that_is_no_workbook_says_so()
    {
        var server = await shared.ServerAsync();
        var shop = await Workshop.OpenAsync(server);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "book.xlsx");
        await File.WriteAllTextAsync(file, "not a workbook");

        var refused = await server.RunAsync("import", "racketbook", file, "--for", EmailOf(shop), "--apply");
        var unknown = await server.RunAsync("import", "racketbook", file, "--for", "nobody@example.org");
        var missing = await server.RunAsync("import", "racketbook", file + ".gone", "--for", EmailOf(shop));

        Assert.Equal((1, 1, 1), (refused.ExitCode, unknown.ExitCode, missing.ExitCode));
        Assert.NotEqual("", refused.Complaints);
        Assert.Contains("nobody@example.org", unknown.Complaints, StringComparison.Ordinal);
        Assert.Contains("cannot be read", missing.Complaints, StringComparison.Ordinal);
    }

    static string EmailOf(Workshop shop) => shop.Stringer.GetProperty("email").GetString()!;
}
