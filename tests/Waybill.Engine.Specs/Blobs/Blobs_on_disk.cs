using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Blobs;

/// <summary>What holds of a store on disk beside what holds of every store.</summary>
public sealed class Blobs_on_disk : A_store_of_blobs, IDisposable
{
    readonly TemporaryFolder folder = new();

    string Root => Path.Combine(folder.Path, "blobs");

    private protected override IBlobStore Store => field ??= DiskBlobs.Open(Root, TimeProvider.System);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Are_for_the_servers_user_alone()
    {
        var key = Key();
        await PutAsync(key, Content(1));

        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ours, File.GetUnixFileMode(Path.Combine(Root, key.ToString())));
        Assert.All(
            Directory.GetDirectories(Root, "*", SearchOption.AllDirectories).Append(Root),
            path => Assert.Equal(ours | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Are_there_after_another_start()
    {
        var key = Key();
        await PutAsync(key, Content(9));

        var again = DiskBlobs.Open(Root, TimeProvider.System);

        await using var file = await again.OpenAsync(key, CancellationToken.None);
        Assert.Equal(9, file!.Length);
    }

    [Fact]
    public void Lose_the_drafts_that_a_crash_left_a_day_ago_and_no_younger_ones()
    {
        _ = Store;
        var (old, young) = (Path.Combine(Root, "drafts", "old"), Path.Combine(Root, "drafts", "young"));
        File.WriteAllText(old, "half a lo");
        File.WriteAllText(young, "half an exp");
        var clock = new ManualClock(new(2026, 4, 21, 12, 0, 0, TimeSpan.Zero));
        File.SetLastWriteTimeUtc(old, clock.GetUtcNow().AddHours(-25).UtcDateTime);
        File.SetLastWriteTimeUtc(young, clock.GetUtcNow().AddHours(-23).UtcDateTime);

        DiskBlobs.Open(Root, clock);

        Assert.Equal([young], Directory.GetFiles(Path.Combine(Root, "drafts")));
    }

    [Fact]
    public async Task Leave_no_draft_behind()
    {
        await PutAsync(Key(), Content(10));
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Store.PutAsync(Key(), _ => throw new NotSupportedException(), CancellationToken.None));
        Assert.Null(await Store.ProbeAsync(CancellationToken.None));

        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "drafts")));
    }

    [Fact]
    public async Task Follow_no_link_to_a_file()
    {
        var key = Key();
        await PutAsync(key, Content(10));
        var (place, secret) = (Path.Combine(Root, key.ToString()), Path.Combine(folder.Path, "secret"));
        await File.WriteAllTextAsync(secret, "secret");
        File.Delete(place);
        File.CreateSymbolicLink(place, secret);

        Assert.Null(await Store.OpenAsync(key, CancellationToken.None));
        Assert.False(await Store.RemoveAsync(key, CancellationToken.None));
        Assert.Empty(await Store.ListAsync("logos", CancellationToken.None).ToListAsync());
        Assert.Equal("secret", await File.ReadAllTextAsync(secret));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Follow_no_link_to_a_folder(int depth)
    {
        _ = Store;
        var (key, outside) = (Key(), Path.Combine(folder.Path, "outside"));
        var linked = string.Join('/', key.ToString().Split('/')[..(depth + 1)]);
        Directory.CreateDirectory(Path.Combine(outside, "logos"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, linked))!);
        File.CreateSymbolicLink(Path.Combine(Root, linked), outside);
        foreach (var place in new[] { outside, Path.Combine(outside, "logos") })
            await File.WriteAllTextAsync(Path.Combine(place, key.Id.ToString("D")), "not ours");

        Assert.Null(await Store.OpenAsync(key, CancellationToken.None));
        Assert.Empty(await Store.ListAsync("logos", CancellationToken.None).ToListAsync());
        await Assert.ThrowsAsync<BlobsUnavailableException>(() => PutAsync(new(key.Tenant, "logos", Guid.CreateVersion7()), Content(10)));
        Assert.Equal(2, Directory.GetFiles(outside, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Say_so_when_their_folder_goes_away_and_go_on_when_it_is_back()
    {
        var key = Key();
        await PutAsync(key, Content(10));
        Directory.Move(Root, Root + ".away");

        Assert.NotNull(await Store.ProbeAsync(CancellationToken.None));
        await Assert.ThrowsAsync<BlobsUnavailableException>(() => Store.OpenAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<BlobsUnavailableException>(() => Store.RemoveAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<BlobsUnavailableException>(
            async () => await Store.ListAsync(key.Kind, CancellationToken.None).ToListAsync());
        var told = await Assert.ThrowsAsync<BlobsUnavailableException>(() => PutAsync(Key(), Content(10)));
        Assert.DoesNotContain(folder.Path, told.Message, StringComparison.Ordinal);

        Directory.Move(Root + ".away", Root);
        Assert.Equal(Content(10), await ReadAsync(key));
    }

    [Fact]
    public async Task Are_not_said_to_be_missing_where_they_cannot_be_read()
    {
        var key = Key();
        Directory.CreateDirectory(Path.Combine(Root, key.ToString()));
        _ = Store;

        await Assert.ThrowsAsync<BlobsUnavailableException>(() => Store.OpenAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task Say_so_when_the_disk_is_full()
    {
        var full =
            await Assert.ThrowsAsync<StorageFullException>(
                () => Store.PutAsync(Key(), _ => throw new IOException("No space left on device", 28), CancellationToken.None));

        Assert.StartsWith("The disk is full.", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_never_named_by_what_leads_elsewhere()
    {
        foreach (var text in Traversals()) Assert.False(BlobKey.TryParse(text, out _), text);

        Assert.True(BlobKey.TryParse(Key().ToString(), out _));
        Assert.Throws<ArgumentException>(() => new BlobKey(TenantId.New(TimeProvider.System), "../keys", Guid.CreateVersion7()));
        Assert.Throws<ArgumentException>(() => new BlobKey(TenantId.Everybody, "logos", Guid.CreateVersion7()));
    }

    /// <summary>Some 260: each way out, before, within and behind a key that is good.</summary>
    static IEnumerable<string> Traversals()
    {
        string[] ways = ["..", "../..", "....//", "..\\", "..\\..", "%2e%2e", "%2e%2e%2f", "..%2f", "..%5c", "%252e%252e", "..%c0%af", "．．",
            "..;", "..\0", ".", "~", "/", "//", "/etc/passwd", "C:\\", "\\\\host\\share", "file:///etc/passwd", "NUL", " ", "\t", "\n", "*",
            "?", "$HOME", "`id`", "{}"];
        foreach (var way in ways)
        {
            var (tenant, kind, id) = (Guid.CreateVersion7().ToString("D"), "logos", Guid.CreateVersion7().ToString("D"));
            foreach (var text in new[] { way, $"{way}/{kind}/{id}", $"{tenant}/{way}/{id}", $"{tenant}/{kind}/{way}",
                $"{way}{tenant}/{kind}/{id}", $"{tenant}/{kind}{way}/{id}", $"{tenant}/{kind}/{id}{way}", $"{tenant}/{kind}/{id}/{way}" })
                yield return text;
        }

        var key = Key().ToString();
        yield return key.ToUpperInvariant();
        yield return key.Replace("-", "", StringComparison.Ordinal);
        yield return $"{Guid.Empty:D}/logos/{Guid.CreateVersion7():D}";
        yield return "";
    }
}
