using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Accepting;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Nodes;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Sending;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Tenancy;
using Waybill.Engine.Transports;

namespace Waybill.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds all that accepts, delivers and remembers. The host adds what depends on its settings: an <see cref="IDatabase"/>, a
    /// <see cref="Relay"/>, a <see cref="RelayFactory"/> and a <see cref="Secrets.MasterKey"/>.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton(new DatabaseClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddSingleton<Tenants>().AddSingleton<ApiKeys>();
        services.AddSingleton<ContentStore>().AddSingleton<MessageJournal>().AddSingleton<Composer>();
        services.AddSingleton<RelayTable>().AddSingleton<RelayDirectory>().AddSingleton<RelayTester>();
        services.AddSingleton<Wakeup>().AddSingleton<Acceptor>();
        services.AddSingleton(provider => new MessageOutbox(database, Node.NewName(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Adds the loops that deliver; without them messages are only taken in and looked at.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton<WorkLoader>().AddSingleton<Delivery>().AddSingleton<ClockKeeper>();
        services.AddHostedService<LeaseKeeper>().AddHostedService<DeliveryWorker>().AddHostedService<Janitor>();
        if (database is PostgresDatabase postgres) services.AddSingleton(postgres).AddHostedService<NodeBell>();
        return services;
    }
}
