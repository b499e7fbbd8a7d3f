using System.Security.Cryptography;
using Waybill.Engine.Journal;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Accepting;

public sealed class Storing_content_in_Sqlite() : Storing_content(Provider.Sqlite);

public sealed class Storing_content_in_Postgres() : Storing_content(Provider.Postgres);

public abstract class Storing_content(Provider provider) : DatabaseContract(provider)
{
    const int Mebi = 1 << 20;

    static readonly TimeSpan JustOverAnHour = TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Mebi - 1, 1)]
    [InlineData(Mebi, 1)]
    [InlineData(Mebi + 1, 2)]
    [InlineData(3 * Mebi, 3)]
    public async Task Gives_back_what_it_was_given_in_parts_of_a_mebibyte(int size, int parts)
    {
        var content = Bytes(size);

        var hash = await Office.Content.StoreAsync(content, None);

        Assert.Equal(SHA256.HashData(content), hash);
        Assert.Equal(parts, await Office.NumberAsync("SELECT count(*) FROM content"));
        await AssertKeptAsync(content, hash);
    }

    [Fact]
    public async Task Keeps_the_same_content_once()
    {
        await Office.Content.StoreAsync(Bytes(100), None);
        await Office.Content.StoreAsync(Bytes(100), None);

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM content"));
    }

    [Fact]
    public async Task Sweeps_after_an_hour_what_no_message_refers_to()
    {
        var (wanted, unwanted) = (await Office.Content.StoreAsync(Bytes(2 * Mebi), None),
            await Office.Content.StoreAsync(Bytes(Mebi + 7), None));
        await Office.AcceptAsync(
            Letter.To("ada@example.org") with { Attachments = [new NewAttachment("a", "text/plain", null, wanted, 2 * Mebi)] });

        Office.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await Office.Content.SweepAsync(Database, None));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await Office.Content.SweepAsync(Database, None));

        Assert.Empty(await ReadAsync(unwanted));
        await AssertKeptAsync(Bytes(2 * Mebi), wanted);
    }

    [Fact]
    public async Task Spares_what_was_stored_again_meanwhile()
    {
        var hash = await Office.Content.StoreAsync(Bytes(2 * Mebi), None);
        Office.Clock.Advance(TimeSpan.FromMinutes(59));
        await Office.Content.StoreAsync(Bytes(2 * Mebi), None);
        Office.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(0, await Office.Content.SweepAsync(Database, None));

        await AssertKeptAsync(Bytes(2 * Mebi), hash);
    }

    [Fact]
    public async Task Takes_nothing_from_those_who_store_while_it_is_swept()
    {
        for (var round = 0; round < 20; round++)
        {
            await Office.Content.StoreAsync(Bytes(1000), None);
            Office.Clock.Advance(JustOverAnHour);

            var sweeping = Task.Run(() => Office.Content.SweepAsync(Database, None));
            var hash = await Office.Content.StoreAsync(Bytes(1000), None);
            await sweeping;

            Assert.Equal(Bytes(1000), await ReadAsync(hash));
        }
    }

    static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    async Task AssertKeptAsync(byte[] content, byte[] hash)
    {
        var back = await ReadAsync(hash);
        Assert.True(content.AsSpan().SequenceEqual(back));
    }

    async Task<byte[]> ReadAsync(byte[] hash)
    {
        using var whole = new MemoryStream();
        await foreach (var part in Office.Content.ReadAsync(hash, None)) await whole.WriteAsync(part, None);
        return whole.ToArray();
    }
}
