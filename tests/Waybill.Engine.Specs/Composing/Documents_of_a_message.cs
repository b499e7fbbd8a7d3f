using System.Text;
using System.Text.Json;
using Waybill.Engine.Journal;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public sealed class Documents_of_a_message_in_Sqlite() : Documents_of_a_message(Provider.Sqlite);

public sealed class Documents_of_a_message_in_Postgres() : Documents_of_a_message(Provider.Postgres);

public abstract class Documents_of_a_message(Provider provider) : DatabaseContract(provider)
{
    static readonly JsonElement Data = JsonDocument.Parse("""{"number":"2026-0042"}""").RootElement;

    [Fact]
    public async Task Are_attached_though_nothing_of_them_is_stored()
    {
        var snapshot = await AcceptedAsync();
        var composed = await Office.Composer.ComposeAsync("<id@example.com>", snapshot, None);
        var base64 = Convert.ToBase64String("Receipt 2026-0042\n"u8);

        Assert.Contains(base64, Encoding.ASCII.GetString(await composed.ReadAsync(None)), StringComparison.Ordinal);
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM content"));
    }

    [Fact]
    public async Task Are_kept_by_kind_version_data_and_hash()
    {
        var attachment = Assert.Single((await AcceptedAsync()).Attachments);

        Assert.Equal(
            ("specs.receipt", 1, "2026-0042"),
            (attachment.Document!.Kind, attachment.Document.Version, attachment.Document.Data.GetProperty("number").GetString()));
        Assert.Equal(18, attachment.Size);
    }

    [Fact]
    public async Task Say_so_when_their_renderer_gives_other_bytes_one_day()
    {
        var snapshot = await AcceptedAsync();
        var today = new Engine.Composing.DocumentKinds([PostOffice.Receipt with { Render = _ => "something else\n"u8.ToArray() }]);

        var refused = Assert.Throws<InvalidDataException>(() => today.Render(snapshot.Attachments[0]));
        Assert.Contains("specs.receipt version 1 gives other bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_rendered_by_the_version_that_they_were_made_with()
    {
        var snapshot = await AcceptedAsync();
        var today =
            new Engine.Composing.DocumentKinds(
                [PostOffice.Receipt, PostOffice.Receipt with { Version = 2, Render = _ => "nicer\n"u8.ToArray() }]);

        Assert.Equal("Receipt 2026-0042\n"u8, today.Render(snapshot.Attachments[0]));
        Assert.Equal(2, today.Attach("specs.receipt", "r.txt", Data).Document!.Version);
    }

    [Fact]
    public async Task Say_so_when_their_renderer_is_gone()
    {
        var snapshot = await AcceptedAsync();

        Assert.Contains(
            "does not have",
            Assert.Throws<InvalidDataException>(() => new Engine.Composing.DocumentKinds([]).Render(snapshot.Attachments[0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_not_rendered_again_while_they_are_at_hand()
    {
        var times = 0;
        var documents = new Engine.Composing.DocumentKinds([PostOffice.Receipt with { Render = data => Counted(data, ref times) }]);
        var first = documents.Attach("specs.receipt", "receipt.txt", Data);
        var again = documents.Attach("specs.receipt", "receipt.txt", Data);
        var id = await Office.AcceptAsync(Letter.To("ann@example.org") with { Attachments = [first] });
        var snapshot = await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None);

        Assert.Equal("Receipt 2026-0042\n"u8, documents.Render(snapshot!.Attachments[0]));
        Assert.Equal(first.Hash, again.Hash);
        Assert.Equal(1, times);
    }

    [Fact]
    public void Are_rendered_again_when_many_came_since()
    {
        var times = 0;
        var documents = new Engine.Composing.DocumentKinds([PostOffice.Receipt with { Render = data => Counted(data, ref times) }]);
        foreach (var number in Enumerable.Range(0, 100).Append(99).Append(0))
            documents.Attach(
                "specs.receipt", "receipt.txt",
                JsonSerializer.SerializeToElement(new { number = number.ToString(System.Globalization.CultureInfo.InvariantCulture) }));

        Assert.Equal(101, times);
    }

    static byte[] Counted(JsonElement data, ref int times)
    {
        times++;
        return PostOffice.Receipt.Render(data);
    }

    async Task<Snapshot> AcceptedAsync()
    {
        var document = new Engine.Composing.DocumentKinds([PostOffice.Receipt]).Attach("specs.receipt", "receipt.txt", Data);
        var id = await Office.AcceptAsync(Letter.To("ann@example.org") with { Attachments = [document] });
        return (await Office.Journal.FindSnapshotAsync(Office.Tenant, id, None))!;
    }
}
