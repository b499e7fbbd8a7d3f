using System.Net;
using System.Text.Json;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>A logo is a file beside the database: what of it is there when something goes wrong.</summary>
public sealed class The_logo_of_a_stringer(SharedServer shared)
{
    /// <summary>A picture of one pixel.</summary>
    static readonly byte[] Logo =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Is_printed_on_the_receipts_that_come_after_it()
    {
        var (shop, _) = await OpenAsync();
        var (plain, printed) = (await shop.OrderAsync(await shop.ClientAsync(null)), await shop.OrderAsync(await shop.ClientAsync(null)));
        await shop.StringAsync(plain);

        var put = await shop.PutLogoAsync(Logo);
        await shop.StringAsync(printed);

        Assert.True(put.Body.GetProperty("has_logo").GetBoolean());
        Assert.DoesNotContain("/Image", await PastPaperAsync(shop, plain), StringComparison.Ordinal);
        Assert.Contains("/Image", await PastPaperAsync(shop, printed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stays_on_a_receipt_that_it_was_on_when_the_stringer_has_another_or_none()
    {
        var (shop, _) = await OpenAsync();
        await shop.PutLogoAsync(Logo);
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        await shop.StringAsync(order);
        var before = await PastPaperAsync(shop, order);

        await shop.DeleteAsync("stringer/logo");

        Assert.Equal(before, await PastPaperAsync(shop, order));
        Assert.DoesNotContain("/Image", Text(await shop.ReceiptAsync(order)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_no_file_when_it_is_refused()
    {
        var (shop, files) = await OpenAsync();

        await shop.PutLogoAsync("GIF89a no logo"u8.ToArray());
        var late = await shop.PutLogoAsync(Logo, version: 7);

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        Assert.Empty(files());
    }

    [Theory]
    [InlineData("logo.missing", "")]
    [InlineData("logo.broken", "no picture any more")]
    public async Task That_was_lost_keeps_receipts_from_being_printed_until_there_is_another(string code, string? content)
    {
        var (shop, files) = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        await shop.PutLogoAsync(Logo);
        var file = Assert.Single(files());
        if (content is "") File.Delete(file); else await File.WriteAllTextAsync(file, content);

        var refused = await shop.StringAsync(order);
        var unchanged = await shop.GetAsync($"orders/{order}");
        await shop.PutLogoAsync(Logo);
        var strung = await shop.StringAsync(order);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, $"logo:{code}"), (refused.Status, refused.Faults));
        Assert.Equal(("ordered", JsonValueKind.Null), (unchanged.Text("state"), unchanged.Body.GetProperty("receipt_number").ValueKind));
        Assert.EndsWith("-0001", strung.Text("receipt_number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_was_lost_keeps_a_strung_order_as_it_was_sent()
    {
        var (shop, files) = await OpenAsync();
        var order = await shop.OrderAsync(await shop.ClientAsync(null));
        await shop.StringAsync(order);
        await shop.PutLogoAsync(Logo);
        File.Delete(Assert.Single(files()));

        var refused = await shop.PatchAsync($"orders/{order}", new { labour = 30 });

        Assert.Equal("logo:logo.missing", refused.Faults);
        Assert.Equal("25.00", (await shop.GetAsync($"orders/{order}")).Text("labour"));
        Assert.Single(await shop.EmitsAsync(order));
    }

    [Fact]
    public async Task That_cannot_be_read_for_the_moment_stops_what_is_printed_and_nothing_else()
    {
        var (shop, files) = await OpenAsync();
        var (order, other) = (await shop.OrderAsync(await shop.ClientAsync(null)), await shop.OrderAsync(await shop.ClientAsync(null)));
        await shop.StringAsync(other);
        await shop.PutLogoAsync(Logo);
        var file = Assert.Single(files());
        File.Delete(file);
        Directory.CreateDirectory(file); // what is there, and cannot be read by anybody, root included

        var refused = await shop.StringAsync(order);
        var returned = await shop.PutAsync($"orders/{other}/returned");
        Directory.Delete(file);
        await File.WriteAllBytesAsync(file, Logo);
        var strung = await shop.StringAsync(order);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.DoesNotContain(file, refused.Said, StringComparison.Ordinal);
        Assert.Equal("returned", returned.Text("state"));
        Assert.EndsWith("-0002", strung.Text("receipt_number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_in_the_export_and_the_export_is_no_file_any_more()
    {
        var (shop, _) = await OpenAsync();
        await shop.PutLogoAsync(Logo);

        var (document, _) = await shop.FileAsync("export.json");
        await shop.FileAsync("export.xlsx");

        Assert.Equal(Logo, JsonDocument.Parse(document).RootElement.GetProperty("stringer").GetProperty("logo").GetBytesFromBase64());
        var exports = Path.Combine((await shared.ServerAsync()).DataFolder, "assets", shop.Id, "racketbook-exports");
        Assert.True(Directory.Exists(exports));
        Assert.Empty(Directory.GetFiles(exports));
    }

    async Task<(Workshop Shop, Func<string[]> Files)> OpenAsync()
    {
        var server = await shared.ServerAsync();
        var shop = await Workshop.OpenAsync(server);
        var folder = Path.Combine(server.DataFolder, "assets", shop.Id, "racketbook-logos");
        return (shop, () => Directory.Exists(folder) ? Directory.GetFiles(folder) : []);
    }

    static async Task<string> PastPaperAsync(Workshop shop, string order)
    {
        var emit = Assert.Single(await shop.EmitsAsync(order)).GetProperty("id").GetString()!;
        return Text(await shop.PastReceiptAsync(order, emit));
    }

    static string Text(byte[] paper) => System.Text.Encoding.Latin1.GetString(paper);
}
