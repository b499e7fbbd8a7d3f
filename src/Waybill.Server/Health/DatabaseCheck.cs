using Waybill.Engine.Storage;

namespace Waybill.Server.Health;

/// <summary>
/// Whether the database takes writes: it is asked for one, for a disk that is full still reads well. At most once a second, however many ask.
/// </summary>
internal sealed class DatabaseCheck(IDatabase database, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim looking = new(1);
    HealthCheck? last;
    long lookedAt;

    /// <summary>What the last look found, or a new one.</summary>
    public async Task<HealthCheck> LookAsync(CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            if (last is not null && clock.GetElapsedTime(lookedAt) < Fresh) return last;
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
            await database.WriteAsync(
                "readiness",
                session => session.ExecuteAsync("UPDATE tenants SET name = name WHERE name = $1", p => p.Text(Engine.Tenancy.Tenants.First), CancellationToken.None),
                CancellationToken.None);
            return new("database", IsGood: true, $"{database.Provider} takes writes.");
        }
        catch (StorageException away)
        {
            return new("database", IsGood: false, away.Message);
        }
    }

    public void Dispose() => looking.Dispose();
}
