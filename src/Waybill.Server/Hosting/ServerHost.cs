using Microsoft.AspNetCore.Server.Kestrel.Core;
using Waybill.Books;
using Waybill.Engine;
using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Fetching;
using Waybill.Engine.Keys;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Server.Admin;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Messages;
using Waybill.Server.Api;
using Waybill.Server.Api.Emails;
using Waybill.Server.Api.Logs;
using Waybill.Server.Api.Rates;
using Waybill.Server.Api.Relays;
using Waybill.Server.Bodies;
using Waybill.Server.Configuration;
using Waybill.Server.Connections;
using Waybill.Server.Control;
using Waybill.Server.Health;
using Waybill.Server.Http;
using Waybill.Server.Metrics;
using Waybill.Server.Unsubscribing;

namespace Waybill.Server.Hosting;

/// <summary>Puts the server together and runs it until it is told to stop.</summary>
internal static class ServerHost
{
    /// <summary>Those who are inside the window after the final dot get this long to hear the relay's answer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(string[] args, IReadOnlyList<Book> books, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = Instance.Read(builder.Configuration, books);
        var urls = ListeningAddresses.Read(builder.Configuration, settings);
        await using var instance = await Instance.OpenAsync(settings, cancellationToken)
            ?? throw new WrongSettingsException($"Another Waybill is running on {settings.DataPath}; one process may open it.");

        Configure(builder, instance);
        await using var app = builder.Build();
        var socket = ControlSocket.PathFor(settings.DataPath);
        Listen(app, urls, socket);
        Use(app, settings);
        Check(app.Services, settings.Books);

        await AccessServices.OpenKeyRingAsync(app.Services, cancellationToken);
        var firstKey = await SeedKeyAsync(app.Services, settings, cancellationToken);
        await app.Services.GetRequiredService<TemplateStore>()
            .ShipAsync([.. ShippedTemplates.OfEngine, .. settings.Books.SelectMany(book => book.Templates)], cancellationToken);
        if (IsDemoAsked(builder.Configuration, builder.Environment))
            foreach (var book in settings.Books) await book.SeedDemoAsync(app.Services, cancellationToken);
        var firstLink = await AccessServices.SeedOwnerAsync(app.Services, settings, cancellationToken);
        await app.StartAsync(cancellationToken);
        ControlSocket.Protect(socket);
        Banner.Print(app.Services, firstKey, firstLink);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>What only the container and the routes show of books.</summary>
    static void Check(IServiceProvider services, IReadOnlyList<Book> books)
    {
        IReadOnlyList<string> problems = [.. BookCheck.Find(books, services),
            .. BookCheck.Find(services.GetRequiredService<EndpointDataSource>().Endpoints)];
        if (problems.Count > 0) throw new WrongSettingsException(problems);
    }

    /// <summary>Demo data is made on a developer's machine too, unless the setting says otherwise.</summary>
    static bool IsDemoAsked(ConfigurationManager configuration, IHostEnvironment environment) =>
        bool.TryParse(configuration["Demo"], out var isAsked) ? isAsked : environment.IsDevelopment();

    static void Configure(WebApplicationBuilder builder, Instance instance)
    {
        builder.Logging.ClearProviders().AddJsonConsole(options =>
        {
            options.IncludeScopes = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Its scope would put the whole path of a request on every line, secrets of links included; RequestIds has one of ours.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // It warns that keys are kept in plain XML; the repository that we give it seals each as a whole.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);
        // so that Failures answers, with a body
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default));
        builder.Services.AddRazorComponents();
        builder.Services.AddAccess().AddTemplateEditor().AddConnectionDoors(instance.Settings);
        AddServices(builder.Services, instance);
    }

    /// <summary>Bodies are limited and timed where they are read, so that the answer can say what the limit is.</summary>
    static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2); // longer than what proxies and clients keep a connection for
    }

    static void AddServices(IServiceCollection services, Instance instance)
    {
        services.AddSingleton(instance.Settings).AddSingleton(new DefaultSender(instance.Settings.From, instance.Settings.SenderDomains));
        services.AddSingleton(new UnsubscribeLinks(instance.Keys, instance.Settings.PublicUrl));
        services.AddSingleton(
            provider => new PasskeySite(instance.Settings.PublicUrl, provider.GetRequiredService<PublicAddress>().Listening));
        services.AddSingleton(BookHosting.Make).AddSingleton(instance.Blobs);
        services.AddEngine(instance.Database).AddDelivery(instance.Database).AddRelays(instance).AddBus();
        foreach (var book in instance.Settings.Books) services.AddBook(book);
        services.AddSingleton(
            provider => new AttachmentFetcher(new AddressGuard(instance.Settings.Egress), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AttachmentIntake>().AddSingleton<EmailIntake>().AddSingleton<AttachmentLinks>().AddSingleton<PublicAddress>();
        services.AddSingleton(new MetricsBook()); // now: what an instrument says before it has a listener is lost
        services.AddSingleton<RelayPlace>().AddAdmin();
        services.AddSingleton<MessageViews>().AddSingleton<MessageSides>().AddSingleton<QueryReader>();
        services.AddSingleton(instance.Settings.BodyPace);
        services.AddSingleton(
            provider => new RateLimits(
                instance.Settings.KeyRate, instance.Settings.TenantRate, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BodyBudget(instance.Settings.BodyMemory, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HeapTrim>().AddHostedService(provider => provider.GetRequiredService<HeapTrim>());
        services.AddSingleton<FullDisk>().AddSingleton<DatabaseCheck>().AddSingleton<KeyGate>();
        services.AddSingleton(new BookPaths(instance.Settings.Books)).AddCors();
    }

    static void Listen(WebApplication app, IReadOnlyList<string> urls, string socket)
    {
        ControlSocket.RemoveStale(socket);
        app.Urls.Clear();
        foreach (var url in urls) app.Urls.Add(url);
        app.Urls.Add("http://unix:" + socket);
    }

    static void Use(WebApplication app, Settings settings)
    {
        app.UseTrustedProxies(settings);
        app.UseAnswerHeaders(settings);
        app.UseRequestIds();
        app.UseConnectionDoors();
        app.UseMiddleware<Failures>();
        app.UseControlSeparation();
        app.UseRouting();
        app.UsePacedBodies();
        app.UseRequestNotes();
        app.UseKeyGate();
        if (settings.Books.Count > 0) app.UseCors();
        app.UseRateLimiter();
        app.UseAdminGate();
        app.UseBookGate();
        Map(app, settings.Books);
        app.UseEndpoints(_ => { }); // now, so that the routes can be looked at before anybody is let in
    }

    /// <summary>Every route that there is.</summary>
    internal static void Map(IEndpointRouteBuilder routes, IReadOnlyList<Book> books)
    {
        routes.MapResend();
        routes.MapV1();
        routes.MapUnsubscribe();
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapControl();
        routes.MapAssets(books);
        routes.MapAdmin();
        foreach (var book in books) book.Map(routes.MapGroup("").WithMetadata(book));
    }

    /// <summary>The key that the first start makes; null on every other start.</summary>
    static async Task<NewApiKey?> SeedKeyAsync(IServiceProvider services, Settings settings, CancellationToken cancellationToken)
    {
        var (keys, tenants) = (services.GetRequiredService<ApiKeys>(), services.GetRequiredService<Tenants>());
        var tenant = await tenants.EnsureAsync(Tenants.First, cancellationToken);
        if (settings.ApiKey is { } chosen) await keys.SeedAsync(tenant.Id, chosen, cancellationToken);
        return (await keys.ListAsync(tenant: null, cancellationToken)).Count > 0
            ? null
            : await keys.CreateAsync(tenant.Id, "first key", [Scope.Full], cancellationToken);
    }
}
