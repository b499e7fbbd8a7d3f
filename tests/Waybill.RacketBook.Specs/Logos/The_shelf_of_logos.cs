using Waybill.Engine.Blobs;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Specs.Exports;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Specs.Logos;

/// <summary>What is known of a logo may be old: another node has brought another one.</summary>
public sealed class The_shelf_of_logos
{
    /// <summary>A picture of one pixel.</summary>
    static readonly byte[] Logo =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Recalls_what_it_saw_last_and_fetches_what_is_so()
    {
        await using var book = await MadeBook.CreateAsync();
        var (shop, shelf) = (await book.OpenShopAsync(), book.Logos);
        Assert.Equal(StringerLogo.None, await shelf.RecallAsync(shop.Scope.Stringer, CancellationToken.None));
        var changed = await ChangeElsewhereAsync(shop, Logo);

        var recalled = await shelf.RecallAsync(shop.Scope.Stringer, CancellationToken.None);
        Assert.False(recalled.IsOf(changed));
        var fetched = await shelf.FetchAsync(shop.Scope.Stringer, CancellationToken.None);

        Assert.True(fetched.IsOf(changed));
        Assert.Equal(Logo, fetched.Image);
        Assert.Same(fetched, await shelf.RecallAsync(shop.Scope.Stringer, CancellationToken.None));
    }

    [Fact]
    public async Task Remembers_none_that_cannot_be_printed()
    {
        await using var book = await MadeBook.CreateAsync();
        var (shop, shelf) = (await book.OpenShopAsync(), book.Logos);
        await ChangeElsewhereAsync(shop, "no picture"u8.ToArray());

        Assert.Equal("logo.broken", (await shelf.RecallAsync(shop.Scope.Stringer, CancellationToken.None)).Fault()!.Code);
        await ChangeElsewhereAsync(shop, Logo, version: 2);

        Assert.Null((await shelf.RecallAsync(shop.Scope.Stringer, CancellationToken.None)).Fault());
    }

    static async Task<Stringer> ChangeElsewhereAsync(Shop shop, byte[] image, int version = 1)
    {
        var key = new BlobKey(shop.Scope.Stringer, LogoShelf.Kind, MadeBook.NewId());
        await shop.Book.Blobs.PutAsync(key, to => to.WriteAsync(image).AsTask(), CancellationToken.None);
        var changed = shop.Stringer with { Logo = key.Id, Version = version };
        await shop.Book.WriteAsync(async session => await StringerRows.UpdateAsync(session, changed));
        return changed;
    }
}
