using Waybill.Engine.Blobs;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Blobs;

/// <summary>What every store of blobs holds to, wherever it keeps them.</summary>
public abstract class A_store_of_blobs
{
    static readonly TenantId Tenant = TenantId.New(TimeProvider.System);

    private protected abstract IBlobStore Store { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(3_000_001)]
    public async Task Gives_back_what_was_put_there(int size)
    {
        var (key, content) = (Key(), Content(size));

        await PutAsync(key, content);

        Assert.Equal(content, await ReadAsync(key));
    }

    [Fact]
    public async Task Has_nothing_that_was_not_put_there()
    {
        await PutAsync(Key(), Content(10));

        Assert.Null(await Store.OpenAsync(Key(), CancellationToken.None));
        Assert.False(await Store.RemoveAsync(Key(), CancellationToken.None));
    }

    [Fact]
    public async Task Keeps_tenants_and_kinds_apart()
    {
        var key = Key();
        await PutAsync(key, Content(10));

        Assert.Null(await Store.OpenAsync(new(TenantId.New(TimeProvider.System), key.Kind, key.Id), CancellationToken.None));
        Assert.Null(await Store.OpenAsync(new(key.Tenant, "others", key.Id), CancellationToken.None));
    }

    [Fact]
    public async Task Never_changes_a_blob()
    {
        var key = Key();
        await PutAsync(key, Content(10));

        await Assert.ThrowsAsync<InvalidOperationException>(() => PutAsync(key, Content(20)));

        Assert.Equal(Content(10), await ReadAsync(key));
    }

    [Fact]
    public async Task Has_one_of_two_that_are_put_under_a_key_at_once()
    {
        var key = Key();
        var puts = Enumerable.Range(0, 8).Select(n => Task.Run(() => PutAsync(key, Content(10_000 + n)))).ToList();

        await Task.WhenAll(puts.Select(put => put.ContinueWith(_ => { }, TaskScheduler.Default)));

        var kept = Assert.Single(puts.Index(), put => put.Item.IsCompletedSuccessfully);
        Assert.Equal(Content(10_000 + kept.Index), await ReadAsync(key));
        Assert.All(puts.Where(put => put.IsFaulted), put => Assert.IsType<InvalidOperationException>(put.Exception!.InnerException));
    }

    [Fact]
    public async Task Has_nothing_of_what_was_broken_off()
    {
        var key = Key();

        await Assert.ThrowsAsync<NotSupportedException>(() => Store.PutAsync(key, BreakAsync, CancellationToken.None));

        Assert.Null(await Store.OpenAsync(key, CancellationToken.None));
        await PutAsync(key, Content(5));
        Assert.Equal(Content(5), await ReadAsync(key));

        static async Task BreakAsync(Stream to)
        {
            await to.WriteAsync(Content(300_000));
            throw new NotSupportedException("as somebody wants it");
        }
    }

    [Fact]
    public async Task Has_nothing_of_what_nobody_waited_for()
    {
        using var gone = new CancellationTokenSource();
        var key = Key();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync(
            key,
            async to =>
            {
                await to.WriteAsync(Content(10));
                await gone.CancelAsync();
            },
            gone.Token));

        Assert.Null(await Store.OpenAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task Lets_a_writer_begin_anew()
    {
        var key = Key();

        await Store.PutAsync(
            key,
            async to =>
            {
                await to.WriteAsync(Content(300_000));
                to.SetLength(0);
                await to.WriteAsync(Content(7));
            },
            CancellationToken.None);

        Assert.Equal(Content(7), await ReadAsync(key));
    }

    [Fact]
    public async Task Removes_a_blob_once_and_lets_who_reads_it_go_on()
    {
        var key = Key();
        await PutAsync(key, Content(400_000));
        await using var reading = (await Store.OpenAsync(key, CancellationToken.None))!;

        Assert.True(await Store.RemoveAsync(key, CancellationToken.None));

        Assert.False(await Store.RemoveAsync(key, CancellationToken.None));
        Assert.Null(await Store.OpenAsync(key, CancellationToken.None));
        using var read = new MemoryStream();
        await reading.CopyToAsync(read);
        Assert.Equal(Content(400_000), read.ToArray());
    }

    [Fact]
    public async Task Lists_a_kind_of_every_tenant()
    {
        BlobKey[] keys = [Key(), Key(), new(TenantId.New(TimeProvider.System), "logos", Guid.CreateVersion7())];
        foreach (var key in keys) await PutAsync(key, Content(12));
        await PutAsync(new(Tenant, "others", Guid.CreateVersion7()), Content(3));

        var listed = await Store.ListAsync("logos", CancellationToken.None).ToListAsync();

        Assert.Equal(keys.OrderBy(key => key.Id), listed.Select(blob => blob.Key).OrderBy(key => key.Id));
        Assert.All(listed, blob => Assert.Equal(12, blob.Size));
        Assert.All(listed, blob => Assert.InRange(blob.At, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Can_be_tried() => Assert.Null(await Store.ProbeAsync(CancellationToken.None));

    private protected static BlobKey Key() => new(Tenant, "logos", Guid.CreateVersion7());

    private protected static byte[] Content(int size)
    {
        var content = new byte[size];
        for (var i = 0; i < size; i++) content[i] = (byte)(i * 31 + size);
        return content;
    }

    private protected Task PutAsync(BlobKey key, byte[] content) =>
        Store.PutAsync(key, to => to.WriteAsync(content).AsTask(), CancellationToken.None);

    private protected async Task<byte[]> ReadAsync(BlobKey key)
    {
        await using var file = await Store.OpenAsync(key, CancellationToken.None);
        using var read = new MemoryStream();
        await Assert.IsType<Stream>(file, exactMatch: false).CopyToAsync(read);
        return read.ToArray();
    }
}
