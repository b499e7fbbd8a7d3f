using Waybill.Books;
using Waybill.Engine;
using Waybill.Engine.Composing;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Server.Commands;
using Waybill.Server.Http;

namespace Waybill.Server.Hosting;

/// <summary>The verbs of a process that holds the data itself: an engine without an HTTP server. It delivers only for a test.</summary>
internal sealed class OwnVerbs(Instance instance, IHost host, LocalVerbs verbs) : IVerbs
{
    bool delivers;

    public static Task<IVerbs> StartAsync(Instance instance, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(instance.Blobs).AddSingleton(new Engine.Suppression.UnsubscribeLinks(instance.Keys, instance.Settings.PublicUrl));
        builder.Services.AddSingleton(instance.Settings).AddSingleton(new DefaultSender(instance.Settings.From, instance.Settings.SenderDomains));
        builder.Services.AddEngine(instance.Database).AddDelivery(instance.Database).AddRelays(instance).AddSingleton<PublicAddress>().AddSingleton<LocalVerbs>();
        foreach (var book in instance.Settings.Books) builder.Services.AddBook(book); // what they render, a verb may render again
        var host = builder.Build();
        return Task.FromResult<IVerbs>(new OwnVerbs(instance, host, host.Services.GetRequiredService<LocalVerbs>()));
    }

    public Task<VerbAnswer<MadeKey>> CreateKeyAsync(string? tenant, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken) =>
        verbs.CreateKeyAsync(tenant, name, scopes, cancellationToken);

    public Task<VerbAnswer<IReadOnlyList<ListedKey>>> ListKeysAsync(CancellationToken cancellationToken) => verbs.ListKeysAsync(cancellationToken);

    public Task<VerbAnswer<bool>> RevokeKeyAsync(ApiKeyId id, CancellationToken cancellationToken) => verbs.RevokeKeyAsync(id, cancellationToken);

    public Task<VerbAnswer<RenderedMessage>> RenderAsync(MessageId id, CancellationToken cancellationToken) => verbs.RenderAsync(id, cancellationToken);

    public Task<VerbAnswer<Difference>> RecomposeAsync(MessageId id, bool current, CancellationToken cancellationToken) =>
        verbs.RecomposeAsync(id, current, cancellationToken);

    public Task<VerbAnswer<VerifyReport>> VerifyAsync(CancellationToken cancellationToken) => verbs.VerifyAsync(cancellationToken);

    public async Task<VerbAnswer<TestReport>> SendTestAsync(string to, string? from, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken);
        delivers = true;
        return await verbs.SendTestAsync(to, from, cancellationToken);
    }

    public Task<VerbAnswer<RotationReport>> RotateMasterKeyAsync(CancellationToken cancellationToken) => verbs.RotateMasterKeyAsync(cancellationToken);

    public Task<VerbAnswer<AuditReport>> VerifyAuditAsync(CancellationToken cancellationToken) => verbs.VerifyAuditAsync(cancellationToken);

    public Task<VerbAnswer<ImportReport>> ImportAsync(string book, string forWhom, bool isRehearsal, byte[] file, CancellationToken cancellationToken) =>
        verbs.ImportAsync(book, forWhom, isRehearsal, file, cancellationToken);

    public Task<VerbAnswer<MadeLink>> MakeResetLinkAsync(string email, CancellationToken cancellationToken) => verbs.MakeResetLinkAsync(email, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (delivers) await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await instance.DisposeAsync();
    }
}
