using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Journal;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Clearing;

/// <summary>
/// Whether a tenant may send from an address (ADR 20). It is asked when a message is posted, written by a route, and again before each
/// hand-over, for the relay and the grant may be others by then.
/// </summary>
public sealed class SenderGate(Tenants tenants, RelayDirectory relays, StreamTable streams, TemplateStore templates, DefaultSender standard)
{
    /// <summary>Why a tenant may not post such a message, in a sentence; null: it may.</summary>
    public async ValueTask<string?> ObjectionAsync(TenantId tenant, NewMessage message, CancellationToken cancellationToken)
    {
        var relay = await relays.ForAsync(streams.Find(message.Stream).DefaultRelayOnly ? null : message.RelayId, cancellationToken);
        if (!relay.LendsItsName(tenant)) return null;
        var author = SenderRule.AuthorOf(message.Stream, message.EventId);
        return await ObjectionAsync(
            await tenants.FindAsync(tenant, cancellationToken), message.From.Address, author, message.Origin, cancellationToken);
    }

    /// <summary>
    /// For mails that routes of a tenant write on a stream, to be sent by a relay: says of an address why they may not come from it,
    /// without reading. Who made the route is their author.
    /// </summary>
    internal async ValueTask<Func<Address, string?>> OfRoutesAsync(
        TenantId tenant, string stream, Guid? relayId, CancellationToken cancellationToken)
    {
        var relay = await relays.ForAsync(streams.Find(stream).DefaultRelayOnly ? null : relayId, cancellationToken);
        if (!relay.LendsItsName(tenant)) return _ => null;
        var sender = await tenants.FindAsync(tenant, cancellationToken);
        return from => SenderRule.Objection(sender, from, Author.Tenant, standard);
    }

    /// <summary>Why a message may not be handed over to a relay, in a sentence; null: it may.</summary>
    internal async ValueTask<string?> ObjectionAsync(
        TenantId id, SnapshotInputs inputs, string stream, Guid? causedBy, Relay relay, CancellationToken cancellationToken)
    {
        if (!relay.LendsItsName(id)) return null;
        var tenant = await tenants.FindAsync(id, cancellationToken);
        if (tenant is { Senders.IsAll: true }) return null;
        var from = Mailbox.Parse(inputs.From); // as composing reads it
        var author = SenderRule.AuthorOf(stream, causedBy);
        return await ObjectionAsync(tenant, from.Address, author, inputs.Origin, cancellationToken);
    }

    async ValueTask<string?> ObjectionAsync(
        Tenant? tenant, Address from, Author author, MessageOrigin? origin, CancellationToken cancellationToken)
    {
        var objection = SenderRule.Objection(tenant, from, author, standard);
        if (objection is not null || author == Author.Tenant || origin is null || await ShipsAsync(origin, cancellationToken))
            return objection;
        return SenderRule.Objection(tenant, from, Author.Tenant, standard) is { } rewritten
            ? $"{rewritten} The template {origin.Template} is the tenant's own; the one that ships needs no grant."
            : null;
    }

    /// <summary>Whether a template came with the program: who rewrites one decides what its mails say.</summary>
    async ValueTask<bool> ShipsAsync(MessageOrigin origin, CancellationToken cancellationToken) =>
        await templates.FindVersionAsync(TenantId.Everybody, origin.TemplateVersion, cancellationToken) is not null;
}
