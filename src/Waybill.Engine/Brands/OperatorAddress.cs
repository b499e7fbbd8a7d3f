using Waybill.Engine.Storage;

namespace Waybill.Engine.Brands;

/// <summary>
/// Where the operator of this instance is written to. The settings fill it at the first start; from then on it is the operator's.
/// </summary>
public sealed class OperatorAddress(IDatabase database, TimeProvider clock)
{
    const string Name = "operator_email";

    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    readonly ShortMemory<string, string> memory = new(Remembered, clock);

    /// <summary>The address as it was at most 5 s ago; null: none was ever given.</summary>
    public ValueTask<string?> FindAsync(CancellationToken cancellationToken) => memory.GetAsync(Name, () => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT value FROM instance_settings WHERE name = $1", p => p.Text(Name), row => row.Text(0), cancellationToken),
        cancellationToken));

    /// <summary>Sets it, unless one was given before.</summary>
    public Task FillAsync(string address, CancellationToken cancellationToken) => WriteAsync(address, "DO NOTHING", cancellationToken);

    /// <summary>Sets it.</summary>
    public Task SetAsync(string address, CancellationToken cancellationToken) =>
        WriteAsync(address, "DO UPDATE SET value = EXCLUDED.value, set_at = EXCLUDED.set_at", cancellationToken);

    async Task WriteAsync(string address, string otherwise, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            "set operator's address",
            session => session.ExecuteAsync(
                $"INSERT INTO instance_settings (name, value, set_at) VALUES ($1, $2, $3) ON CONFLICT (name) {otherwise}",
                p => p.Text(Name).Text(address).Instant(clock.GetUtcNow()),
                CancellationToken.None),
            cancellationToken);
        memory.Forget();
    }
}
