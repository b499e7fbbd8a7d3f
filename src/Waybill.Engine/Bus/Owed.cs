using System.Security.Cryptography;
using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Outbox;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>A claim with all that handling it needs.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Event">The event, secrets masked.</param>
/// <param name="Sealed">Its sealed data; null: nothing in it is secret, or it was erased.</param>
/// <param name="Tenure">The tenure that it was claimed in.</param>
internal sealed record Owed(DeliveryClaim Claim, EventRecord Event, byte[]? Sealed, Tenure Tenure)
{
    /// <summary>The data as it came, as long as it is kept; else with its secrets masked.</summary>
    /// <exception cref="CryptographicException">The key that it was sealed with is gone.</exception>
    public JsonElement Open(EventSeal seal) => Sealed is null ? Event.Data : EventJournal.Parse(Packed.Unpack(seal.Open(Event.Id, Sealed)));
}

/// <summary>Loads what claims need, many in one read.</summary>
internal sealed class OwedLoader(IDatabase database)
{
    public async Task<IReadOnlyList<Owed>> LoadAsync(IReadOnlyList<DeliveryClaim> claims, Tenure tenure, CancellationToken cancellationToken)
    {
        var ids = claims.Select(claim => claim.Event.Value).Distinct().ToArray();
        if (ids.Length == 0) return [];
        var loaded = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {EventJournal.Columns}, sealed FROM events WHERE id {Session.OneOf(1, ids.Length)}",
                p =>
                {
                    foreach (var id in ids) p.Id(id);
                },
                row => (Event: EventJournal.Read(row), Sealed: row.BytesOrNull(12)),
                cancellationToken),
            cancellationToken);
        var byId = loaded.ToDictionary(one => one.Event.Id);
        return [.. claims.Where(claim => byId.ContainsKey(claim.Event)).Select(claim => new Owed(claim, byId[claim.Event].Event, byId[claim.Event].Sealed, tenure))];
    }
}
