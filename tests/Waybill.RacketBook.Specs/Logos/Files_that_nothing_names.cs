using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Blobs;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Specs.Exports;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Specs.Logos;

/// <summary>A crash between a file and its row leaves a file that nobody will ask for.</summary>
public sealed class Files_that_nothing_names
{
    [Fact]
    public async Task Go_after_a_day_and_those_that_a_row_names_stay()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        BlobKey Key(string kind) => new(shop.Bench.Stringer, kind, MadeBook.NewId());
        var (named, unnamed, export) = (Key(LogoShelf.Kind), Key(LogoShelf.Kind), Key(ExportDesk.Kind));
        foreach (var key in new[] { named, unnamed, export }) await book.Blobs.PutAsync(key, to => to.WriteAsync(new byte[10]).AsTask(), CancellationToken.None);
        await book.WriteAsync(async session => await StringerRows.UpdateAsync(session, shop.Stringer with { Logo = named.Id }));
        using var keeper = new BlobKeeper(book.Database, book.Blobs, book.Clock, NullLogger<BlobKeeper>.Instance);

        book.Clock.Advance(TimeProvider.System.GetUtcNow() - MadeBook.Noon + TimeSpan.FromHours(23)); // files have the system's times
        Assert.Equal(0, await keeper.SweepAsync(CancellationToken.None));
        book.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await keeper.SweepAsync(CancellationToken.None));

        Assert.NotNull(await book.Blobs.OpenAsync(named, CancellationToken.None));
        Assert.Null(await book.Blobs.OpenAsync(unnamed, CancellationToken.None));
        Assert.Null(await book.Blobs.OpenAsync(export, CancellationToken.None));
    }
}
