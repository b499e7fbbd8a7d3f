using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Waybill.Engine;
using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Bus;
using Waybill.Engine.Secrets;
using Waybill.Server.Configuration;
using Waybill.Server.Http;

namespace Waybill.Server.Admin.Access;

/// <summary>What the pages need to know who looks at them.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Waybill");
        services.AddHostedService<KeyRingKeeper>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, ring) => options.XmlRepository = ring);
        services.AddSubscription(provider => Subscription.To<ResetAsked>("waybill.resets", (asked, handling, cancellationToken) =>
            provider.GetRequiredService<PasswordResets>().AnswerAsync(
                asked, handling, secret => $"{Url(provider)}{ResetPages.Path}/{secret}", cancellationToken)));
        return services.AddFormGuard().AddEntryLimits().AddSingleton<Gate>().AddSingleton<BookGate>();
    }

    /// <summary>
    /// Who a client is and whether it came by HTTPS: the word of a proxy counts if the settings name it, and nobody else's.
    /// </summary>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app, Settings settings)
    {
        if (settings.TrustedProxies.Count == 0) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies) options.KnownProxies.Add(proxy);
        return app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// Reads the ring before anything is protected by it. The first start makes its first key, which other nodes are to find.
    /// </summary>
    public static async Task OpenKeyRingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var ring = services.GetRequiredService<KeyRing>();
        await ring.ExchangeAsync(cancellationToken);
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        await ring.ExchangeAsync(cancellationToken);
    }

    static string Url(IServiceProvider services) => services.GetRequiredService<PublicAddress>().Url;

    /// <summary>Makes the first owner that the settings name; else gives a link that makes one, and null once there is one.</summary>
    public static async Task<string?> SeedOwnerAsync(IServiceProvider services, Settings settings, CancellationToken cancellationToken)
    {
        var people = services.GetRequiredService<People>();
        if (settings.OperatorEmail is { } email) await services.GetRequiredService<OperatorAddress>().FillAsync(email, cancellationToken);
        if (settings.FirstOwner is { } owner)
        {
            await people.SeedOwnerAsync(owner, cancellationToken);
            // Who sets an instance up by settings does not want to be led through it by hand; /admin/start is there all the same.
            await services.GetRequiredService<FirstRun>().SetAsync(FirstRun.Dismissed, cancellationToken);
        }

        return await people.MakeFirstLinkAsync(cancellationToken);
    }
}
