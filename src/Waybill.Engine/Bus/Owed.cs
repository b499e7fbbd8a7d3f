using System.Security.Cryptography;
using System.Text.Json;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Bus;

/// <summary>A claim with all that handling it needs.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Event">The event, secrets masked.</param>
/// <param name="HasSecrets">Whether something in it is secret.</param>
/// <param name="Sealed">Its sealed data; null: nothing in it is secret, or it was erased.</param>
/// <param name="Tenure">The tenure that it was claimed in.</param>
internal sealed record Owed(
    DeliveryClaim Claim, EventRecord Event, bool HasSecrets, byte[]? Sealed, Tenure Tenure) : IClaimedWork<DeliveryClaim>
{
    /// <summary>The data as it came: masked values are never handed over in its place.</summary>
    /// <exception cref="CryptographicException">The key that it was sealed with is gone.</exception>
    /// <exception cref="UnreadableEventException">Its secrets were erased.</exception>
    public JsonElement Open(EventSeal seal) => Sealed is not null
        ? EventJournal.Parse(Packed.Unpack(seal.Open(Event.Id, Sealed)))
        : HasSecrets ? throw new UnreadableEventException("Its secret values expired before it was handled.") : Event.Data;
}

/// <summary>Loads what claims need, many in one read.</summary>
internal sealed class OwedLoader(IDatabase database)
{
    public async Task<IReadOnlyList<Owed>> LoadAsync(
        IReadOnlyList<DeliveryClaim> claims, Tenure tenure, CancellationToken cancellationToken)
    {
        var ids = claims.Select(claim => claim.Event.Value).Distinct().ToArray();
        if (ids.Length == 0) return [];
        var loaded = await database.ReadAsync(
            session => session.QueryAsync(
                $"SELECT {EventJournal.Columns}, sealed, sealed_until FROM events WHERE id {Session.OneOf(1, ids.Length)}",
                p =>
                {
                    foreach (var id in ids) p.Id(id);
                },
                row => (Event: EventJournal.Read(row), Sealed: row.BytesOrNull(12), HasSecrets: row.InstantOrNull(13) is not null),
                cancellationToken),
            cancellationToken);
        return
        [
            .. claims.Join(
                loaded, claim => claim.Event, one => one.Event.Id,
                (claim, one) => new Owed(claim, one.Event, one.HasSecrets, one.Sealed, tenure)),
        ];
    }
}
