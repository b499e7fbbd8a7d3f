using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Server.Configuration;

namespace Waybill.Server.Hosting;

/// <summary>The relays that the settings make, and what makes those of the database.</summary>
internal static class RelayServices
{
    /// <summary>What the default relay is counted under.</summary>
    const string DefaultKey = "default";

    public static IServiceCollection AddRelays(this IServiceCollection services, Instance instance)
    {
        var settings = instance.Settings;
        services.AddSingleton(instance.Keys).AddSingleton(instance.MasterKeyPlace);
        services.AddSingleton(provider => Default(settings, instance.Database, provider));
        services.AddSingleton(
            provider => new RelayFactory(
                instance.Database, Clock(provider), Log(provider), settings.HeloName)
            { Guard = new(settings.Egress) });
        if (settings.ResendBeside is { } account)
            services.AddSingleton(
                provider => new FixedRelay(WellKnownRelays.Resend, Beside(account, settings, instance.Database, provider)));
        return services;
    }

    static Relay Default(Settings settings, IDatabase database, IServiceProvider provider)
    {
        ITransport transport = settings.WayOut switch
        {
            WayOut.Smtp(var endpoint) => new SmtpTransport(endpoint, settings.Sessions, Clock(provider)),
            WayOut.Resend(var account) => new ResendTransport(account, settings.Sessions.MaxSessions, Clock(provider)),
            WayOut.Mock => new MockTransport(Console.Out),
            WayOut.Capture(var isChosen) => new CaptureTransport(isChosen),
            var other => throw new System.Diagnostics.UnreachableException($"No transport for {other.GetType().Name}."),
        };
        var sends = settings.WayOut is WayOut.Smtp or WayOut.Resend;
        return new Relay(
            sends ? DefaultKey : transport.Name, transport, sends ? settings.Limits : new(), database, Clock(provider), Log(provider))
        {
            Host = (settings.WayOut as WayOut.Smtp)?.Endpoint.Host,
            Key = DefaultKey,
            From = settings.From,
            SenderDomains = settings.SenderDomains,
            HandOversAtOnce = sends ? HandOversAtOnce(settings.Sessions.MaxSessions) : 32,
            IsConfigured = settings.WayOut is not WayOut.Capture(IsChosen: false),
        };
    }

    static Relay Beside(ResendAccount account, Settings settings, IDatabase database, IServiceProvider provider) => new(
        "resend", new ResendTransport(account, settings.Sessions.MaxSessions, Clock(provider)), new(), database, Clock(provider),
        Log(provider))
    {
        Key = WellKnownRelays.Resend.ToString("D"),
        HandOversAtOnce = Math.Min(2 * settings.Sessions.MaxSessions, RelayFactory.MostHandOversAtOnce),
    };

    /// <summary>What keeps its sessions fed while outcomes are written: twice as many as there are.</summary>
    static int HandOversAtOnce(int sessions) => Math.Clamp(2 * sessions, 24, 28);

    static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    static ILogger<Relay> Log(IServiceProvider provider) => provider.GetRequiredService<ILogger<Relay>>();
}
