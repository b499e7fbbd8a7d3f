using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Blobs;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Specs.Exports;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Specs.Logos;

/// <summary>Logos whose place another took, and exports that a crash kept from being removed.</summary>
public sealed class Files_that_nothing_names
{
    static readonly DateTimeOffset Noon = new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Go_when_their_time_is_over_and_those_that_a_row_names_stay()
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var (before, named, export) = (Key(shop, LogoShelf.Kind), Key(shop, LogoShelf.Kind), Key(shop, ExportDesk.Kind));
        foreach (var key in new[] { before, named, export })
            await book.Blobs.PutAsync(key, to => to.WriteAsync(new byte[10]).AsTask(), CancellationToken.None);
        await book.WriteAsync(async session => await StringerRows.UpdateAsync(session, shop.Stringer with { Logo = named.Id }));
        var keeper = new BlobSweep(
            [
                new BlobKeeping.WhileNamed(
                    LogoShelf.Kind,
                    (tenant, _) => book.Database.ReadAsync(session => StringerRows.FindLogoAsync(session, tenant, default), default)),
                new BlobKeeping.ForAWhile(ExportDesk.Kind, TimeSpan.FromDays(1)),
            ],
            book.Blobs,
            book.Clock,
            NullLogger<BlobSweep>.Instance);

        book.Clock.Advance(TimeProvider.System.GetUtcNow() - MadeBook.Noon + TimeSpan.FromHours(23)); // files have the system's times
        Assert.Equal(0, await keeper.SweepAsync(CancellationToken.None));
        book.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await keeper.SweepAsync(CancellationToken.None));
        Assert.Null(await book.Blobs.OpenAsync(export, CancellationToken.None));
        book.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(1, await keeper.SweepAsync(CancellationToken.None));

        Assert.Null(await book.Blobs.OpenAsync(before, CancellationToken.None));
        await using var kept = await book.Blobs.OpenAsync(named, CancellationToken.None);
        Assert.Equal(10, kept!.Length);
    }

    [Theory]
    [InlineData("a named", "")] // nobody knows since when it is the only one
    [InlineData("a", "")]
    [InlineData("a, b named", "a")]
    [InlineData("a, b", "a")] // b was given up, and nobody knows when
    [InlineData("a named, b", "")] // b was put there by somebody who died before the row was written
    [InlineData("a, b named, c, d", "a c")]
    public async Task Are_told_by_what_came_after_them(string logos, string gone)
    {
        await using var book = await MadeBook.CreateAsync();
        var shop = await book.OpenShopAsync();
        var made = logos.Split(", ")
            .Select(
                (
                    logo,
                    n) => (Name: logo[..1], IsNamed: logo.EndsWith("named", StringComparison.Ordinal), Key: Key(shop, LogoShelf.Kind),
                        At: Noon.AddHours(n))).ToList();
        Guid? named = made.Find(logo => logo.IsNamed) is { Key: var key, IsNamed: true } ? key.Id : null;
        var stored = made.Select(logo => new StoredBlob(logo.Key, 10, logo.At)).Reverse().ToList();

        string Gone(DateTimeOffset now) =>
            string.Join(
                ' ',
                ReplacedBlobs.Of(stored, named, now).Select(one => made.Single(logo => logo.Key == one).Name)
                    .Order(StringComparer.Ordinal));

        Assert.Equal("", Gone(Noon.AddDays(7)));
        Assert.Equal(gone, Gone(Noon.AddDays(8)));
    }

    static BlobKey Key(Shop shop, string kind) => new(shop.Scope.Stringer, kind, MadeBook.NewId());
}
