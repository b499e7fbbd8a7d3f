using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Accounts;
using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Blobs;
using Waybill.Engine.Brands;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Clearing;
using Waybill.Engine.Composing;
using Waybill.Engine.Duties;
using Waybill.Engine.Events;
using Waybill.Engine.Interventions;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Leasing;
using Waybill.Engine.Nodes;
using Waybill.Engine.Outbox;
using Waybill.Engine.Relays;
using Waybill.Engine.Requests;
using Waybill.Engine.Routing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Sending;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds all that accepts, delivers and remembers. The host adds what depends on its settings: an <see cref="IDatabase"/>, a
    /// default <see cref="Relay"/>, a <see cref="RelayFactory"/>, a <see cref="DataKeys"/> and its <see cref="MasterKeyPlace"/>, the
    /// <see cref="DefaultSender"/>, and of each book that is on its streams and its account templates.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton(new DatabaseClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddSingleton<Tenants>().AddSingleton<ApiKeys>().AddSingleton<StreamTable>();
        services.AddSingleton<ContentStore>().AddSingleton<MessageJournal>().AddSingleton<MessageSearch>();
        services.AddSingleton<Composing.DocumentKinds>().AddSingleton<AttachmentContent>().AddSingleton<Composer>()
            .AddSingleton<Recomposing>().AddSingleton<Previewing>();
        services.AddSingleton<RelayTable>().AddSingleton<RelayDirectory>().AddSingleton<RelayTester>();
        services.AddSingleton<BrandBook>().AddSingleton<UnnamedBrand>().AddSingleton<BrandSender>().AddSingleton<MailWriter>()
            .AddSingleton<DraftMails>();
        services.AddSingleton<AccountTemplates>().AddSingleton<Publishing>().AddSingleton<TemplateStore>()
            .AddSingleton<CompiledTemplates>();
        services.AddSingleton<Wakeup>().AddSingleton<InlineLane>().AddSingleton<SuppressionList>().AddSingleton<MessageIntake>()
            .AddSingleton<Acceptor>();
        services.AddSingleton<SenderGate>();
        services.AddSingleton(provider => new MessageOutbox(database, Node.NewName(), provider.GetRequiredService<TimeProvider>()));
        return services.AddEvents(database).AddAccounts(database);
    }

    /// <summary>People, their sessions, and what they did.</summary>
    static IServiceCollection AddAccounts(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton<MessageDesk>().AddSingleton<MassDesk>().AddSingleton<AuditTrail>().AddSingleton<TenantBypass>()
            .AddSingleton<AuditCheck>().AddSingleton<Sessions>().AddSingleton<Links>();
        services.AddSingleton<OperatorAddress>().AddSingleton<FirstRun>().AddSingleton<KeyRing>().AddSingleton<DataKeysKeeper>()
            .AddSingleton<MasterKeyRotation>();
        services.AddSingleton<AccountBook>().AddSingleton<Members>().AddSingleton<AccountMails>().AddEventType(PasswordResets.Asked);
        services.AddSingleton(provider => new SignIn(
            database, Of<AccountBook>(provider), Of<Sessions>(provider), Of<AccountMails>(provider), Of<AuditTrail>(provider),
            Of<TimeProvider>(provider)));
        services.AddSingleton(provider => new People(
            database, Of<AccountBook>(provider), Of<Links>(provider), Of<Members>(provider), Of<AuditTrail>(provider),
            Of<TimeProvider>(provider)));
        services.AddSingleton(provider => new OwnAccount(
            database, Of<AccountBook>(provider), Of<AccountMails>(provider), Of<AuditTrail>(provider), Of<TimeProvider>(provider)));
        services.AddSingleton(provider => new Passkeys(
            database, Of<AccountBook>(provider), Of<OwnAccount>(provider), Of<Sessions>(provider), Of<AuditTrail>(provider),
            Of<PasskeySite>(provider), Of<TimeProvider>(provider)));
        services.AddSingleton(provider => new Invitations(
            database, Of<AccountBook>(provider), Of<People>(provider), Of<Members>(provider), Of<Links>(provider),
            Of<AccountMails>(provider), Of<Units>(provider), Of<AuditTrail>(provider), Of<TimeProvider>(provider)));
        return services.AddSingleton(provider => new PasswordResets(
            Of<AccountBook>(provider), Of<Links>(provider), Of<AccountMails>(provider), Of<Units>(provider), Of<AuditTrail>(provider),
            Of<TimeProvider>(provider)));
    }

    static T Of<T>(IServiceProvider provider) where T : notnull => provider.GetRequiredService<T>();

    /// <summary>What events need: routes, and units of work that books share with them.</summary>
    static IServiceCollection AddEvents(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton<RouteStationeryFetcher>();
        services.AddSingleton<FetchStationery>(provider => provider.GetRequiredService<RouteStationeryFetcher>().FetchAsync);
        services.AddSingleton<EventTypes>().AddSingleton<Subscriptions>().AddSingleton<Routes>().AddSingleton<RouteMails>()
            .AddSingleton<RouteTrial>();
        services.AddSingleton<EventDefinitions>().AddSingleton<EventIntake>().AddSingleton<EventAcceptor>().AddSingleton<EventJournal>()
            .AddSingleton<Units>();
        services.AddSingleton(provider => new EventBus(database, Node.NewName(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Registers a subscription; each event of its type that is accepted from then on is handled by it.</summary>
    public static IServiceCollection AddSubscription(this IServiceCollection services, Func<IServiceProvider, Subscription> subscription) =>
        services.AddSingleton(subscription);

    /// <summary>Registers a duty; it runs where the loops that deliver run.</summary>
    public static IServiceCollection AddDuty(this IServiceCollection services, Func<IServiceProvider, Duty> duty) =>
        services.AddSingleton(duty);

    /// <summary>Registers what is secret in events of a type.</summary>
    public static IServiceCollection AddEventType(this IServiceCollection services, EventType type) => services.AddSingleton(type);

    /// <summary>Adds the loops that handle events; call it after <see cref="AddDelivery"/>.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services)
    {
        services.AddSingleton<OwedLoader>().AddSingleton<HandlingPlaces>().AddSingleton<Handler>();
        services.AddSingleton<BusKeeper>().AddDuty(provider => Leases("leases.bus", Of<BusKeeper>(provider).KeepAsync));
        return services.AddHostedService<BusWorker>();
    }

    /// <summary>Adds the loops that deliver; without them messages are only taken in and looked at.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton<Retention>().AddSingleton<WorkLoader>().AddSingleton<DeliveryPlaces>().AddSingleton<Overdue>()
            .AddSingleton<ClockKeeper>();
        services.AddSingleton<Delivery>().AddSingleton<HandOverGate>().AddSingleton<HandingOver>().AddSingleton<OutcomeWriter>();
        services.AddSingleton<RequestLog>().AddHostedService(provider => provider.GetRequiredService<RequestLog>());
        services.AddHostedService<StreamKeeper>(); // first, for it knows what was set before anything is delivered
        services.AddHostedService<SearchBackfill>();
        // before what holds leases: a host stops the last one first, and what a stop waits for keeps its leases
        services.AddDuties(database);
        services.AddHostedService<DeliveryWorker>().AddHostedService<UngrantedSenders>();
        if (database is PostgresDatabase postgres) services.AddSingleton(postgres).AddHostedService<NodeBell>();
        return services;
    }

    /// <summary>Each node renews its own leases.</summary>
    static Duty Leases(string name, Func<CancellationToken, Task> keep) =>
        new(name, Lease.Interval, (_, cancellationToken) => keep(cancellationToken), UnderTerm: false) { Limit = TimeSpan.FromMinutes(2) };

    /// <summary>The engine's own duties, and what runs them and the books'.</summary>
    static void AddDuties(this IServiceCollection services, IDatabase database)
    {
        services.AddSingleton<Janitor>().AddSingleton<BlobSweep>().AddSingleton<LeaseKeeper>();
        services.AddDuty(provider => Leases("leases", Of<LeaseKeeper>(provider).KeepAsync));
        services.AddDuty(provider => new("cleaning", TimeSpan.FromMinutes(10), Of<Janitor>(provider).CleanAsync, UnderTerm: true));
        services.AddDuty(
            provider => new(
                "retention", TimeSpan.FromHours(1), Of<Retention>(provider).RunAsync, UnderTerm: true)
            { Limit = TimeSpan.FromHours(1) });
        services.AddDuty(provider => new(
            "blobs", TimeSpan.FromHours(1), (_, cancellationToken) => Of<BlobSweep>(provider).SweepAsync(cancellationToken),
            UnderTerm: true));
        services.AddSingleton(provider => new DutyRunner(
            provider.GetServices<Duty>(), database, Node.NewName(), Of<TimeProvider>(provider), Of<ILogger<DutyRunner>>(provider)));
        services.AddHostedService(Of<DutyRunner>);
    }
}
