using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Engine;
using Waybill.Engine.Brands;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Bench.Rows;

/// <summary>
/// Publish → handled, in one process on SQLite: 64 publishers of typed events of about 1 KiB over 1,000 subjects, one subscription whose
/// handler commits nothing of its own. Then the latency at 500 events a second. Beside it inserts of 1 KiB that commit one by one.
/// </summary>
internal sealed class EventsRow(Asked asked)
{
    const int Publishers = 64;
    const int Subjects = 1_000;
    const int PacedRate = 500;

    static readonly string Filler = new('x', 1_000);

    readonly ConcurrentDictionary<string, long> published = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<double> latencies = new();
    int handled;
    int number;

    public async Task<string> MeasureAsync()
    {
        if (asked.IsPostgres) throw new InvalidOperationException("The row events is measured on SQLite.");
        var folder = Directory.CreateTempSubdirectory("waybill-events");
        await using var database = SqliteDatabase.Open(Path.Combine(folder.FullName, "waybill.db"), TimeProvider.System);
        await new SchemaRunner(database, TimeProvider.System).RunAsync(
            SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider), CancellationToken.None);
        using var host = Build(database);
        await host.StartAsync();
        var tenant = (await host.Services.GetRequiredService<Tenants>().EnsureAsync(Tenants.First, CancellationToken.None)).Id;
        var acceptor = host.Services.GetRequiredService<EventAcceptor>();

        await RunAsync(acceptor, tenant, TimeSpan.FromSeconds(Math.Max(3, asked.Seconds)));
        var rounds = await Rounds.TakeAsync(
            asked.Rounds,
            () => RunAsync(acceptor, tenant, TimeSpan.FromSeconds(asked.Seconds)),
            () => AnchorProgram.RunAsync("sqlite_insert.py", asked.Seconds));
        latencies.Clear();
        await PaceAsync(acceptor, tenant, TimeSpan.FromSeconds(4 * asked.Seconds));
        await host.StopAsync();
        var sorted = latencies.Order().ToArray();
        var latency = Invariant($"at {PacedRate}/s p50 {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[sorted.Length * 99 / 100]:0.0} ms");
        return Invariant($"| publish → handled, sqlite | {rounds.Cells()} | {latency}, {rounds.Cpu:0.00} CPU s/1000, in process |");
    }

    IHost Build(SqliteDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        builder.Services.AddEngine(database).AddDelivery(database).AddBus();
        builder.Services.AddSingleton(DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))));
        builder.Services.AddSingleton(provider => new Relay(
            "capture", new CaptureTransport(isChosen: true), new(), database, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Relay>>()));
        builder.Services.AddSingleton(provider => new RelayFactory(
            database, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Relay>>(), "bench.example"));
        builder.Services.AddSingleton(new DefaultSender(Mailbox.Parse("bench@example.com"), []));
        builder.Services.AddSingleton(provider => new UnsubscribeLinks(provider.GetRequiredService<DataKeys>(), publicUrl: null));
        builder.Services.AddSubscription(_ => Subscription.To<Happened>("bench", HandleAsync));
        return builder.Build();
    }

    Task HandleAsync(Happened what, Handling handling, CancellationToken cancellationToken)
    {
        if (published.TryRemove(what.Id, out var at)) latencies.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        Interlocked.Increment(ref handled);
        return Task.CompletedTask;
    }

    /// <summary>From the first publication until everything is handled.</summary>
    async Task<Turn> RunAsync(EventAcceptor acceptor, TenantId tenant, TimeSpan length)
    {
        var (clock, cpu, before) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId), Volatile.Read(ref handled));
        var counts = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < length; count++) await PublishAsync(acceptor, tenant);
            return count;
        })));
        while (Volatile.Read(ref handled) - before < counts.Sum()) await Task.Delay(1);
        var turn = new Turn(counts.Sum(), clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu);
        Progress.Tell($"{turn.PerSecond:N0}/s, handled {(clock.Elapsed - length).TotalSeconds:0.00} s after the last publication began");
        return turn;
    }

    async Task PaceAsync(EventAcceptor acceptor, TenantId tenant, TimeSpan length)
    {
        var (clock, running, sent) = (Stopwatch.StartNew(), new List<Task>(), 0);
        while (clock.Elapsed < length)
        {
            for (; sent < clock.Elapsed.TotalSeconds * PacedRate; sent++) running.Add(PublishAsync(acceptor, tenant));
            await Task.Delay(1);
        }

        await Task.WhenAll(running);
        while (latencies.Count < sent) await Task.Delay(1);
    }

    async Task PublishAsync(EventAcceptor acceptor, TenantId tenant)
    {
        var id = Interlocked.Increment(ref number).ToString("D", System.Globalization.CultureInfo.InvariantCulture);
        published[id] = Stopwatch.GetTimestamp();
        var subject = (int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) % Subjects).ToString(
            "D", System.Globalization.CultureInfo.InvariantCulture);
        await acceptor.PublishAsync(
            tenant, new Happened(id, Filler), new Publication { Id = id, Subject = subject }, CancellationToken.None);
    }

    [EventName("bench.happened")]
    sealed record Happened(string Id, string Filler);
}
