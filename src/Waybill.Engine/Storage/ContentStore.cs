using System.Security.Cryptography;

namespace Waybill.Engine.Storage;

/// <summary>
/// Attachments' content, by its SHA-256, in parts of 1 MiB so that no unit of work is long. It is stored before the message that refers
/// to it is accepted; what nobody refers to after an hour is swept.
/// </summary>
public sealed class ContentStore(IDatabase database, TimeProvider clock)
{
    const int PartSize = 1 << 20;

    static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Stores content and returns its SHA-256. The same content is stored once.</summary>
    public Task<byte[]> StoreAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        StoreAsync(() => [content], cancellationToken);

    /// <summary>The same for content that nobody has as a whole.</summary>
    /// <param name="blocks">It, block by block, each but the last of whole mebibytes; asked for twice, for its name comes before its
    /// parts.</param>
    /// <param name="cancellationToken">Stops between two parts.</param>
    public async Task<byte[]> StoreAsync(Func<IEnumerable<ReadOnlyMemory<byte>>> blocks, CancellationToken cancellationToken)
    {
        var hash = Hash(blocks());
        var part = 0;
        foreach (var block in blocks())
        {
            for (var at = 0; at < block.Length || (at == 0 && part == 0); at += PartSize)
            {
                var bytes = block.Slice(at, Math.Min(PartSize, block.Length - at)).ToArray();
                var number = part++;
                await database.WriteAsync("store content", session => StorePartAsync(session, hash, number, bytes), cancellationToken);
            }
        }

        return hash;
    }

    static byte[] Hash(IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in blocks) hash.AppendData(block.Span);
        return hash.GetHashAndReset();
    }

    /// <summary>Reads content part by part; what is yielded stays valid.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        byte[] hash, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 0; ; part++)
        {
            var number = part;
            var bytes = await database.ReadAsync(
                session => session.FirstAsync(
                    "SELECT bytes FROM content WHERE hash = $1 AND part = $2", p => p.Bytes(hash).Number(number), row => row.Bytes(0),
                    cancellationToken),
                cancellationToken);
            if (bytes is null) yield break;
            yield return bytes;
            if (bytes.Length < PartSize) yield break;
        }
    }

    /// <summary>Removes what was stored more than an hour ago and neither a message nor a brand refers to.</summary>
    public Task<int> SweepAsync(IDatabase fenced, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Grace;
        return fenced.WriteAsync(
            "sweep content",
            session => session.ExecuteAsync(
                """
                DELETE FROM content WHERE stored_at < $1
                AND NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.hash = content.hash)
                AND NOT EXISTS (SELECT 1 FROM brand_versions WHERE brand_versions.logo_hash = content.hash)
                """,
                p => p.Instant(before),
                CancellationToken.None),
            cancellationToken);
    }

    /// <summary>Storing again renews the hour: somebody is about to refer to it.</summary>
    ValueTask<int> StorePartAsync(Session session, byte[] hash, int part, byte[] bytes) => session.ExecuteAsync(
        """
        INSERT INTO content (hash, part, bytes, stored_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash, part) DO UPDATE SET stored_at = excluded.stored_at
        """,
        p => p.Bytes(hash).Number(part).Bytes(bytes).Instant(clock.GetUtcNow()),
        CancellationToken.None);
}
