using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Clearing;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Sending;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Specs.Sending;

/// <summary>The rooms that deliver, around a post office and a relay in memory.</summary>
internal sealed class Courier
{
    readonly PostOffice office;
    readonly WorkLoader loader;

    public Courier(
        PostOffice office, RelayLimits? limits = null, ILogger<Relay>? log = null, bool isConfigured = true, int? handOversAtOnce = null,
        Engine.Composing.Composer? composer = null)
    {
        this.office = office;
        loader = new(office.Database, office.Streams, office.Clock);
        Relay = new("relay", Transport, limits ?? new(), office.Database, office.Clock, log ?? NullLogger<Relay>.Instance)
        {
            IsConfigured = isConfigured,
            HandOversAtOnce = handOversAtOnce ?? 32,
        };
        Factory = new(office.Database, office.Clock, log ?? NullLogger<Relay>.Instance, "post.example");
        Directory = new(Relay, [], office.Relays, Factory, office.Tenants, office.Clock);
        Senders = new(office.Tenants, Directory, office.Streams, office.Templates, office.Sender);
        Delivery = DeliveryBy(Directory, composer ?? office.Composer);
    }

    public ScriptedTransport Transport { get; } = new();

    public Relay Relay { get; }

    /// <summary>What delivery wrote to the log.</summary>
    public KeptLog<Delivery> Log { get; } = new();
    public RelayFactory Factory { get; }

    public RelayDirectory Directory { get; }

    public SenderGate Senders { get; }

    public Delivery Delivery { get; }

    public Overdue Overdue => field ??= new(office.Outbox, loader, Delivery, Directory, office.Clock);

    /// <summary>Delivers by other relays, or with another composer.</summary>
    public Delivery DeliveryBy(RelayDirectory directory, Engine.Composing.Composer composer) => new(
        office.Streams, directory, new(office.Suppressions, Senders, office.Clock), composer, new(directory, office.Clock, Log),
        new(office.Outbox, office.Clock, Log), office.Outbox, office.Clock, Log);

    /// <summary>Delivers what is due now, one after the other, and says how many that were.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken stopping = default)
    {
        var claims = await office.Outbox.ClaimAsync(100, CancellationToken.None);
        foreach (var work in await LoadAsync(claims)) await Delivery.DeliverAsync(work, stopping);
        return claims.Count;
    }

    public Task<IReadOnlyList<Work>> LoadAsync(IReadOnlyList<Claim> claims) => loader.LoadAsync(claims, CancellationToken.None);

    /// <summary>The loop of the server on the same rooms.</summary>
    public DeliveryWorker Worker()
    {
        var clock = new DatabaseClock(office.Clock);
        var keeper = new ClockKeeper(office.Database, office.Outbox, clock, NullLogger<ClockKeeper>.Instance);
        return new(
            office.Outbox, office.Lane, loader, Delivery, new(Directory), Overdue, keeper, office.Wakeup, office.Database, clock,
            NullLogger<DeliveryWorker>.Instance);
    }
}
