using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>Where the operator of this instance is written to. The settings fill it at the first start; from then on it is the operator's.</summary>
public sealed class OperatorAddress(IDatabase database, TimeProvider clock)
{
    const string Name = "operator_email";

    /// <summary>The address; null: none was ever given.</summary>
    public Task<string?> FindAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync("SELECT value FROM instance_settings WHERE name = $1", p => p.Text(Name), row => row.Text(0), cancellationToken),
        cancellationToken);

    /// <summary>Sets it, unless one was given before.</summary>
    public Task FillAsync(string address, CancellationToken cancellationToken) => WriteAsync(address, "DO NOTHING", cancellationToken);

    /// <summary>Sets it.</summary>
    public Task SetAsync(string address, CancellationToken cancellationToken) =>
        WriteAsync(address, "DO UPDATE SET value = EXCLUDED.value, set_at = EXCLUDED.set_at", cancellationToken);

    Task<int> WriteAsync(string address, string otherwise, CancellationToken cancellationToken) => database.WriteAsync(
        "set operator's address",
        session => session.ExecuteAsync(
            $"INSERT INTO instance_settings (name, value, set_at) VALUES ($1, $2, $3) ON CONFLICT (name) {otherwise}",
            p => p.Text(Name).Text(address).Instant(clock.GetUtcNow()),
            CancellationToken.None),
        cancellationToken);
}
