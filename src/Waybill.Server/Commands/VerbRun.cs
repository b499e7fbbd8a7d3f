using Waybill.Books;
using Waybill.Books.Verbs;
using Waybill.Engine;
using Waybill.Engine.Brands;
using Waybill.Engine.Suppression;
using Waybill.Server.Control;
using Waybill.Server.Hosting;
using Waybill.Server.Http;

namespace Waybill.Server.Commands;

/// <summary>
/// Runs a verb: in the server that holds the data, asked over its control socket; without a server here, by an engine without HTTP.
/// </summary>
internal static class VerbRun
{
    public static async Task<VerbAnswer> RunAsync(
        Verb verb, IReadOnlyList<KeyValuePair<string, string>> values, byte[] file, IReadOnlyList<Book> books,
        CancellationToken cancellationToken)
    {
        var settings = Instance.ReadSettings([], books);
        await using var instance = await Instance.OpenAsync(settings, cancellationToken);
        if (instance is null) return await ControlClient.AskAsync(settings.DataPath, verb, values, file, cancellationToken);
        using var host = MakeHost(instance);
        if (verb.Delivers) await host.StartAsync(cancellationToken);
        var answer =
            await verb.RunAsync(
                new(host.Services, values.ToLookup(one => one.Key, one => one.Value, StringComparer.Ordinal), file), cancellationToken);
        if (verb.Delivers) await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
        return answer;
    }

    static IHost MakeHost(Instance instance)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(instance.Blobs).AddSingleton(new UnsubscribeLinks(instance.Keys, instance.Settings.PublicUrl));
        builder.Services.AddSingleton(instance.Settings)
            .AddSingleton(new DefaultSender(instance.Settings.From, instance.Settings.SenderDomains));
        builder.Services.AddEngine(instance.Database).AddDelivery(instance.Database).AddRelays(instance).AddSingleton<PublicAddress>();
        foreach (var book in instance.Settings.Books) builder.Services.AddBook(book); // what they render, a verb may render again
        return builder.Build();
    }
}
