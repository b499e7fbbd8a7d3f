// sqlite|postgres PLACE: handles what is owed to ten handlers, each of which notes its effect, until nothing is owed any more.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine;
using Waybill.Engine.Brands;
using Waybill.Engine.Bus;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Suppression;
using Waybill.HandlingNode;
using Waybill.Mime.Addresses;

await using IDatabase database = args[0] == "sqlite" ? SqliteDatabase.Open(args[1], TimeProvider.System) : PostgresDatabase.Open(args[1]);
var master = DataKeys.FromMaster(MasterKey.Parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
var builder = Host.CreateEmptyApplicationBuilder(settings: null);
builder.Services.AddSingleton(master).AddSingleton(new UnsubscribeLinks(master, publicUrl: null));
builder.Services.AddSingleton(new DefaultSender(Mailbox.Parse("Corner Shop <shop@example.com>"), ["example.com"]));
builder.Services.AddSingleton(provider => new Relay(
    "capture", new CaptureTransport(isChosen: true), new(), database, TimeProvider.System, provider.GetRequiredService<ILogger<Relay>>()));
builder.Services.AddSingleton(
    provider => new RelayFactory(database, TimeProvider.System, provider.GetRequiredService<ILogger<Relay>>(), "post.example"));
builder.Services.AddEngine(database).AddDelivery(database).AddBus();
var manyWaits = new HandlingPolicy([.. Enumerable.Repeat(TimeSpan.FromMilliseconds(20), 60)], Jitter: 0.2, TimeSpan.FromSeconds(10));
for (var i = 0; i < 10; i++)
{
    var name = $"subscription {i}";
    builder.Services.AddSubscription(_ => Subscription.To<Strung>(
        name,
        (e, handling, _) => handling.CommitAsync(async unit => await unit.Session.ExecuteAsync(
            "INSERT INTO effects (what) VALUES ($1)", p => p.Text($"{name} {e.Order}"), CancellationToken.None)),
        policy: manyWaits));
}

using var host = builder.Build();
await host.StartAsync();
while (await OwedAsync() > 0) await Task.Delay(TimeSpan.FromMilliseconds(50));
await host.StopAsync();

Task<long> OwedAsync() => database.ReadAsync(
    session => session.FirstAsync(
        "SELECT count(*) FROM event_deliveries WHERE state IN ('queued', 'handling')", _ => { }, row => row.Number(0),
        CancellationToken.None),
    CancellationToken.None);
