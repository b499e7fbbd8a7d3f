using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Engine.Events;
using Waybill.Engine.Journal;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Specs.Events;

/// <summary>The rooms of events and of the bus on one node, around a post office. Mails are written by <see cref="Write"/>.</summary>
internal sealed class Station : IAsyncDisposable
{
    static readonly DataKeys Master = DataKeys.FromMaster(MasterKey.Parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    readonly PostOffice office;
    readonly EventTypes types;
    readonly Subscriptions subscriptions;
    readonly TimeProvider clock;

    public Station(
        PostOffice office, IEnumerable<Subscription>? subscriptions = null, IEnumerable<EventType>? types = null, string node = "here",
        IDatabase? database = null, TimeProvider? clock = null, DataKeys? master = null)
    {
        (this.office, this.types, this.subscriptions) = (office, new(types ?? []), new(subscriptions ?? []));
        this.clock = clock ?? office.Clock;
        Database = database ?? office.Database;
        Routes = new(Database, office.Streams, office.AccountTemplates, this.clock);
        Intake = new(
            Database, this.types, this.subscriptions, Routes, new RouteMails(FetchAsync, office.Intake, NullLogger<RouteMails>.Instance),
            office.Intake, master ?? Master, this.clock, Log);
        Bus = new(Database, node, this.clock);
        Acceptor = new(Database, Intake, Bus);
        Units = new(Database, Intake, office.Intake, Bus, this.clock);
        Journal = new(Database);
    }

    public IDatabase Database { get; }

    public KeptLog<EventIntake> Log { get; } = new();

    public Routes Routes { get; }

    public EventIntake Intake { get; }

    public EventBus Bus { get; }

    public EventAcceptor Acceptor { get; }

    public Units Units { get; }

    public EventJournal Journal { get; }

    /// <summary>Why a tenant may not send what a route wrote; unless told otherwise nothing is in the way.</summary>
    public Func<TenantId, NewMessage, string?> AskForSender { get; set; } = (_, _) => null;

    /// <summary>Writes a mail for a route; unless told otherwise one that says which template it was.</summary>
    public Func<TemplatedMail, Writing> Write { get; set; } = mail => new Writing.Written(
        Letter.To("nobody@example.org") with
        {
            Recipients = mail.Recipients,
            Stream = mail.Stream,
            Subject = mail.Template,
            EventId = mail.CausedBy
        });

    /// <summary>Before what a route's mails are written on is fetched.</summary>
    public Action Fetching { get; set; } = () => { };

    /// <summary>Reads the template each time, so that it always wants a connection.</summary>
    async Task<RouteStationery> FetchAsync(TenantId tenant, RouteMailKind kind, CancellationToken cancellationToken)
    {
        Fetching();
        var template = await Database.ReadAsync(
            session => TemplateRows.FindPublishedAsync(session, tenant, kind.Template, cancellationToken), cancellationToken);
        return new(
            [.. template?.Content.Variables.Where(variable => variable.IsSecret) ?? []], mail => Write(mail),
            message => AskForSender(tenant, message));
    }

    /// <summary>Takes these events in, and gives their ids.</summary>
    public async Task<IReadOnlyList<EventKey>> AcceptAsync(params NewEvent[] events) =>
        ((EventAcceptance.Accepted)await Acceptor.AcceptAsync(office.Tenant, events, CancellationToken.None)).Ids;

    public async Task<EventEffects> EffectsAsync(EventKey id) => await Journal.EffectsAsync(office.Tenant, id, CancellationToken.None);

    public async Task<EventRecord> FindAsync(EventKey id) => (await Journal.FindAsync(office.Tenant, id, CancellationToken.None))!;

    /// <summary>Runs handlers once, without the loop around them.</summary>
    public Handler Handler() => new(Bus, subscriptions, types, Intake, Units, clock, NullLogger<Handler>.Instance);

    public async Task<IReadOnlyList<Owed>> ClaimAsync(int count = 100) =>
        await new OwedLoader(Database).LoadAsync(
            await Bus.ClaimAsync(count, CancellationToken.None), Bus.Queue.TakeTenure(), CancellationToken.None);

    /// <summary>Handles what is due now, one after the other, and what that lets come due; says how many that were.</summary>
    public async Task<int> HandleDueAsync()
    {
        for (var handled = 0; ;)
        {
            var due = await ClaimAsync();
            if (due.Count == 0) return handled;
            foreach (var owed in due) await Handler().HandleAsync(owed, CancellationToken.None);
            handled += due.Count;
        }
    }

    /// <summary>The loop of the server on the same rooms.</summary>
    public BusWorker Worker() =>
        new(Bus, new OwedLoader(Database), Handler(), new HandlingPlaces(), Database, clock, NullLogger<BusWorker>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Acceptor.DisposeAsync();
        await Bus.DisposeAsync();
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    readonly System.Collections.Concurrent.ConcurrentQueue<(LogLevel Level, string Line)> lines = new();

    public IReadOnlyCollection<(LogLevel Level, string Line)> Lines => lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception)));
}
