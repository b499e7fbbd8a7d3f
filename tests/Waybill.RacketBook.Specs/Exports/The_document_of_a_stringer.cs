using System.Text;
using System.Text.Json.Nodes;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Rackets;
using Waybill.Testing;

namespace Waybill.RacketBook.Specs.Exports;

public class The_document_of_a_stringer
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_as_its_schema_says(bool isPostgres)
    {
        await using var book = await MadeBook.CreateAsync(isPostgres);
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();
        await shop.AddAsync(
            shop.Job(shop.Self, await shop.AddRacketAsync("Own", Visibility.Shared)) with { Days = new(), Comment = null, Labour = null });
        var document = JsonNode.Parse(await ExportAsync(shop));

        Assert.Empty(SchemaCheck.Faults(ExportSchema.Text, document));
        Assert.Equal(
            ["stringer", "client_profiles", "persons", "rackets", "strings", "orders"],
            ((JsonObject)document!).Select(property => property.Key));
    }

    [Fact]
    public async Task Has_a_schema_that_refuses_what_it_does_not_say()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();
        var document = JsonNode.Parse(await ExportAsync(shop))!;
        var order = document["orders"]![0]!;
        (order["total"], order["state"], order["strung_at"], order["extra"]) = (43.5, "lost", "21.4.2026", true);
        ((JsonObject)order["racket"]!).Remove("model");

        Assert.Equal(
            [
                "$.orders[0] has a extra that nobody knows",
                "$.orders[0].racket has no model",
                "$.orders[0].state is lost, none of the words",
                "$.orders[0].strung_at is 21.4.2026, no date",
                "$.orders[0].total is a number, not string or null",
            ],
            SchemaCheck.Faults(ExportSchema.Text, document).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Holds_all_that_an_order_refers_to_with_days_amounts_and_nulls_spelled_out()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync("Zürich +41");
        var order = await shop.FillAsync();
        var text = await ExportAsync(shop);
        var read = JsonNode.Parse(text)!["orders"]![0]!;

        Assert.Contains("Zürich +41", text, StringComparison.Ordinal);
        Assert.Equal(order.Id.ToString(), (string?)read["id"]);
        Assert.Equal(("2026-04-20", "2026-04-21"), ((string?)read["ordered_at"], (string?)read["strung_at"]));
        Assert.Contains("\"returned_at\":null", text, StringComparison.Ordinal);
        Assert.Equal(
            ("25.00", "18.50", "43.50", "CHF"),
            ((string?)read["labour"], (string?)read["strings_subtotal"], (string?)read["total"], (string?)read["currency"]));
        Assert.Equal(
            ("Meier", "ann@example.org"),
            ((string?)read["client_profile"]!["person"]!["last_name"], (string?)read["client_profile"]!["person"]!["email"]));
        Assert.Equal(("Blade 98", "RPM Blast"), ((string?)read["racket"]!["model"], (string?)read["main"]!["string"]!["model"]));
        Assert.Equal(
            (null, "Alu Power", true, "silver"),
            (read["cross"]!["string"], (string?)read["cross"]!["model"], (bool)read["cross"]!["byo"]!, (string?)read["cross"]!["colour"]));
        Assert.Equal(24.5m, (decimal)read["main"]!["tension"]!);
    }

    [Fact]
    public async Task Names_nobody_whom_the_stringer_does_not_know()
    {
        await using var book = await MadeBook.CreateAsync();
        var (mine, theirs) = (await book.OpenShopAsync(), await book.OpenShopAsync("Baseline"));
        await mine.FillAsync();
        await theirs.AddAsync(
            theirs.Job(
                await theirs.AddClientAsync("Secret", "Person"), await theirs.AddRacketAsync("Secret racket"),
                await theirs.AddStringAsync("Secret string")));
        await theirs.AddStringAsync("Open string", Visibility.Shared);
        var text = await ExportAsync(mine);

        Assert.DoesNotContain("Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Baseline", text, StringComparison.Ordinal);
        Assert.Contains("Open string", text, StringComparison.Ordinal);
        Assert.Single((JsonArray)JsonNode.Parse(text)!["orders"]!);
        Assert.Equal(2, ((JsonArray)JsonNode.Parse(text)!["persons"]!).Count);
    }

    [Fact]
    public async Task Is_the_same_bytes_for_the_same_book()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();

        Assert.Equal(await ExportAsync(shop), await ExportAsync(shop));
    }

    [Fact]
    public async Task Is_read_by_others()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        await shop.FillAsync();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "book.json");
        await File.WriteAllTextAsync(path, await ExportAsync(shop));
        var run =
            await ProgramRun.OfAsync(
                "/usr/bin/python3",
                ["-c",
                    "import json, sys; print(json.load(open(sys.argv[1], "
                        + "encoding='utf-8'))['orders'][0]['client_profile']['person']['email'])", path]);

        Assert.Equal("ann@example.org\n", run.Text);
    }

    [Fact]
    public async Task Is_of_somebody_who_is_there()
    {
        await using var book = await MadeBook.CreateAsync();
        var scope = new RacketBook.Tenancy.StringerScope(
            new(MadeBook.NewId()), Waybill.Engine.Audit.Actor.CommandLine, Guid.Empty, Waybill.Engine.Acting.ActorKind.Admin, "made");

        await Assert.ThrowsAsync<InvalidOperationException>(() => book.Exports.WriteJsonAsync(scope, Stream.Null, CancellationToken.None));
    }

    static async Task<string> ExportAsync(Shop shop)
    {
        using var file = new MemoryStream();
        await shop.Book.Exports.WriteJsonAsync(shop.Scope, file, CancellationToken.None);
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
