using Waybill.Engine.Events;
using Waybill.Engine.Requests;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Nodes;

/// <summary>
/// The duty <c>cleaning</c>: removes what nobody needs any more. Idempotency keys go after 24 h, requests after 30 days, secrets when they
/// were used or expired, content when nothing refers to it.
/// </summary>
internal sealed class Janitor(ContentStore content, RequestLog requests, TimeProvider clock)
{
    static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);

    public async Task CleanAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - KeysKept;
        await database.WriteAsync(
            "forget idempotency keys",
            session => session.ExecuteAsync(
                "DELETE FROM idempotency_keys WHERE accepted_at < $1", p => p.Instant(before), CancellationToken.None),
            cancellationToken);
        var now = clock.GetUtcNow();
        await database.WriteAsync("erase secrets of events", session => SealedRows.EraseAsync(session, now), cancellationToken);
        await WhileAnyAsync(
            () => database.WriteAsync(
                "erase expired secrets", session => Journal.SecretRows.EraseExpiredAsync(session, now), cancellationToken));
        await DataKeyRows.ForgetUnusedAsync(database, now, cancellationToken);
        await WhileAnyAsync(() => requests.ForgetAsync(database, cancellationToken));
        await content.SweepAsync(database, cancellationToken);
    }

    static async Task WhileAnyAsync(Func<Task<int>> removeSome)
    {
        while (await removeSome() > 0)
        {
        }
    }
}
