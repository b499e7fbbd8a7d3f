using System.Net;
using System.Net.Sockets;
using Waybill.Engine.Messages;
using Waybill.Engine.Relays;
using Waybill.Engine.Sending;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Sending;

/// <summary>The first tenant has relays that take a connection and say nothing; another one sends by the default relay.</summary>
public sealed class Relays_that_say_nothing : IAsyncLifetime
{
    static CancellationToken None => CancellationToken.None;

    readonly TcpListener silent = new(IPAddress.Loopback, 0);
    PostOffice office = null!;
    Courier courier = null!;
    TenantId other;

    public async ValueTask InitializeAsync()
    {
        silent.Start(backlog: 512);
        office = await PostOffice.OpenAsync(Provider.Sqlite);
        other = await office.TenantAsync("other");
        courier = new(office);
    }

    public async ValueTask DisposeAsync()
    {
        silent.Dispose();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task Hold_up_no_mail_by_the_default_relay()
    {
        await PostToSilentAsync(relays: 2, each: 40);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await BegunAsync(atLeast: 16);

        var message = await office.AcceptAsync(Letter.To("ada@example.org") with { Stream = "kyora.account" }, tenant: other);
        office.Wakeup.Signal();

        await Eventually.IsTrueAsync("the other's mail to be handed over", () => Task.FromResult(courier.Transport.Handed.Count == 1));
        await worker.StopAsync(None);
        Assert.Equal(MessageStatus.Sent, (await office.Journal.FindAsync(other, message, None))!.Status);
    }

    [Fact]
    public async Task Hold_up_no_mail_by_another_tenants_own_relay()
    {
        await PostToSilentAsync(relays: 5, each: 40);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await BegunAsync(atLeast: 16);

        // there is none of that id, which settles it
        await office.AcceptAsync(Letter.To("ada@example.org") with { RelayId = Guid.CreateVersion7() }, tenant: other);

        await Eventually.IsTrueAsync(
            "the other's mail to be settled",
            async () => await office.NumberAsync("SELECT count(*) FROM messages WHERE status = 'failed'") == 1);
        await worker.StopAsync(None);
    }

    [Fact]
    public async Task Hold_up_no_inline_mail_by_the_default_relay()
    {
        var relays = await SilentRelaysAsync(4);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        var stuck = relays.SelectMany(relay => Enumerable.Range(0, 8).Select(_ => office.StandingAsync(Receipt(relay)))).ToArray();
        await BegunAsync(atLeast: 8);

        var standing = await office.Acceptor.AcceptAsync(other, office.Key, [Receipt(relay: null)], key: null, _ => "{}");

        Assert.Equal(MessageStatus.Sent, Assert.IsType<Engine.Accepting.Acceptance.Accepted>(standing).Standings.Single().Status);
        await worker.StopAsync(None);
        await Task.WhenAll(stuck);
    }

    [Fact]
    public async Task Rest_after_a_minute_and_then_are_tried_by_one_message()
    {
        await PostToSilentAsync(relays: 1, each: 40);
        using var worker = courier.Worker();
        await worker.StartAsync(None);
        await BegunAsync(atLeast: 16);
        using var connections = new Connections(silent);
        await Eventually.IsTrueAsync("eight to have a session", () => Task.FromResult(connections.Taken == 8));

        office.Clock.Advance(TimeSpan.FromSeconds(60)); // over for the eight that had a session; the other eight have one now

        await Eventually.IsTrueAsync("those who cannot go to be handed back", async () =>
        {
            office.Clock.Advance(TimeSpan.FromMilliseconds(1)); // for those who began to wait only now
            return await office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'sending'") == 8
                && await office.NumberAsync("SELECT count(*) FROM outbox WHERE attempt = 1") == 8;
        });
        Assert.Equal(16, await office.NumberAsync("SELECT count(*) FROM attempts"));
        Assert.Equal(24, await office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'queued' AND attempt = 0"));

        office.Clock.Advance(TimeSpan.FromSeconds(6));

        await Eventually.IsTrueAsync("one to try it", async () =>
        {
            office.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return await office.NumberAsync("SELECT count(*) FROM attempts") == 17;
        });
        await Eventually.IsTrueAsync(
            "the others to go on waiting",
            async () => await office.NumberAsync("SELECT count(*) FROM outbox WHERE state = 'sending'") == 9);
        Assert.Equal(17, await office.NumberAsync("SELECT count(*) FROM attempts"));
        await worker.StopAsync(None);
    }

    [Fact]
    public void Get_a_tenant_with_ten_thousand_of_them_no_more_than_its_places()
    {
        var places = new DeliveryPlaces(courier.Directory);
        var many = Enumerable.Range(0, 10_000)
            .Select(_ => (new DeliveryShare(office.Tenant, Guid.CreateVersion7(), WaitsForRelay: true), (int?)null)).ToList();
        var taken = 0;
        for (var look = 0; look < 5; look++) taken += Allotted(places, many);

        Assert.InRange(taken, 1, 32);
        Assert.Equal(64, Allotted(places, [(new DeliveryShare(other, WellKnownRelays.Default, WaitsForRelay: true), null)]));
        Assert.InRange(Allotted(places, [(new DeliveryShare(other, Guid.CreateVersion7(), WaitsForRelay: true), null)]), 16, 32);
    }

    int Allotted(DeliveryPlaces places, IReadOnlyList<(DeliveryShare, int?)> shares)
    {
        places.Look();
        return places.Allot(new(shares, IsComplete: false, EndsRound: false, office.Clock.GetUtcNow()), 64).Sum(one => one.Count);
    }

    static Engine.Journal.NewMessage Receipt(Guid? relay) =>
        Letter.To("ada@example.org") with { Stream = "racketbook.receipts", RelayId = relay };

    Task BegunAsync(int atLeast) => Eventually.IsTrueAsync(
        "the silent relays to be waited for",
        async () => await office.NumberAsync("SELECT count(*) FROM outbox WHERE begun = 1") >= atLeast);

    async Task<IReadOnlyList<Guid>> SilentRelaysAsync(int count)
    {
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var made = await office.Relays.CreateAsync(office.Tenant, $"silent {i}", Shop.Loopback(port), secret: null, None);
            ids.Add(Assert.IsType<RelayWrite.Done>(made).Relay.Id);
        }

        return ids;
    }

    async Task PostToSilentAsync(int relays, int each)
    {
        foreach (var relay in await SilentRelaysAsync(relays))
            await office.AcceptAsync([.. Enumerable.Repeat(Letter.To("ada@example.org") with { RelayId = relay }, each)]);
    }

    /// <summary>Takes connections and says nothing in them.</summary>
    sealed class Connections(TcpListener listener) : IDisposable
    {
        readonly List<Socket> taken = [];

        public int Taken
        {
            get
            {
                while (listener.Pending()) taken.Add(listener.AcceptSocket());
                return taken.Count;
            }
        }

        public void Dispose()
        {
            foreach (var one in taken) one.Dispose();
        }
    }
}
