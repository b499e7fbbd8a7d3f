using Waybill.Engine.Storage;
using Waybill.Server.Configuration;

namespace Waybill.Server.Health;

/// <summary>
/// Whether the database takes writes: it is asked for one, for a disk that is full still reads well. At most once a second, however many
/// ask. Once mail was refused because the disk is full, a small write says little, for there is always a page left for it: then as much is
/// written as a mail may need, until that works.
/// </summary>
internal sealed class DatabaseCheck(IDatabase database, Settings settings, FullDisk disk, TimeProvider clock) : IDisposable
{
    const int Probe = 1 << 20;

    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>On another machine's disk nothing can be tried: it is full until nothing was refused for this long.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim looking = new(1);
    HealthCheck? last;
    long lookedAt;

    /// <summary>What the last look found, or a new one.</summary>
    public async Task<HealthCheck> LookAsync(CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            var isOverruled = disk.IsFull && last is { IsGood: true }; // mail was refused since that look
            if (last is not null && !isOverruled && clock.GetElapsedTime(lookedAt) < Fresh) return last;
            last = await WriteAsync();
            lookedAt = clock.GetTimestamp();
            return last;
        }
        finally
        {
            looking.Release();
        }
    }

    async Task<HealthCheck> WriteAsync()
    {
        try
        {
            if (disk.IsFull && IsStillFull()) return new("database", IsGood: false, new StorageFullException(inner: null).Message);
            disk.Clear();
            await database.WriteAsync(
                "readiness",
                session => session.ExecuteAsync(
                    "UPDATE tenants SET name = name WHERE name = $1", p => p.Text(Engine.Tenancy.Tenants.First), CancellationToken.None),
                CancellationToken.None);
            return new("database", IsGood: true, $"{database.Provider} takes writes.");
        }
        catch (StorageException away)
        {
            return new("database", IsGood: false, away.Message);
        }
    }

    bool IsStillFull()
    {
        if (settings.PostgresConnection is not null) return disk.SinceRefused < Quiet;
        var probe = Path.Combine(settings.DataPath, $"probe-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
        try
        {
            using var file = new FileStream(
                probe,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    BufferSize = 0,
                    Options = FileOptions.DeleteOnClose
                });
            file.Write(new byte[Probe]);
            file.Flush(flushToDisk: true);
            return false;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Dispose() => looking.Dispose();
}
