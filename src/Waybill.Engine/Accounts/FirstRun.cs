using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>How far the first run of this instance has come, in the browser: the step that is next, or that it is over.</summary>
public sealed class FirstRun(IDatabase database, TimeProvider clock)
{
    /// <summary>It was gone through to its end.</summary>
    public const string Finished = "finished";

    /// <summary>Somebody did not want it.</summary>
    public const string Dismissed = "dismissed";

    const string Name = "first_run";

    /// <summary>The word that was kept; null: nobody began.</summary>
    public Task<string?> FindAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT value FROM instance_settings WHERE name = $1", p => p.Text(Name), row => row.Text(0), cancellationToken),
        cancellationToken);

    /// <summary>Whether an owner is still to be led there.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is not (Finished or Dismissed);

    /// <summary>Keeps where it stands. What is over stays over, though somebody goes through the steps again.</summary>
    public Task<int> SetAsync(string word, CancellationToken cancellationToken) => database.WriteAsync(
        "note first run",
        session => session.ExecuteAsync(
            $"""
            INSERT INTO instance_settings (name, value, set_at) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, set_at = EXCLUDED.set_at WHERE instance_settings.value NOT IN ('{Finished}', '{Dismissed}')
            """,
            p => p.Text(Name).Text(word).Instant(clock.GetUtcNow()),
            CancellationToken.None),
        cancellationToken);
}
