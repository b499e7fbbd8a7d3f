using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;
using Waybill.Server.Configuration;

namespace Waybill.Server.Connections;

/// <summary>Puts the doors before the web server, and the answer to those that are one too many.</summary>
internal static class ConnectionServices
{
    public static IServiceCollection AddConnectionDoors(this IServiceCollection services, Settings settings) =>
        services.AddConnectionDoors(
            new ConnectionDoor(ConnectionLimits.For(DescriptorLimit.Read(), settings.MaxConnections), settings.TrustedProxies));

    /// <summary>The same with a door that was made before.</summary>
    public static IServiceCollection AddConnectionDoors(this IServiceCollection services, ConnectionDoor world)
    {
        services.AddSingleton(world);
        // the last one that is registered is the one that binds
        return services.AddSingleton<IConnectionListenerFactory>(provider => new CountedTransport(
            new SocketTransportFactory(
                provider.GetRequiredService<IOptions<SocketTransportOptions>>(), provider.GetRequiredService<ILoggerFactory>()),
            world,
            new ConnectionDoor(ConnectionLimits.OfControl, [])));
    }

    /// <summary>Tells idle connections from busy ones, and those that are one too many to come back.</summary>
    public static IApplicationBuilder UseConnectionDoors(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<CountedConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        var isServed = connection.Door.Begin(connection);
        try
        {
            if (isServed) await next(context);
            else await AskToComeBackAsync(context);
        }
        finally
        {
            connection.Door.End(connection);
        }
    });

    static Task AskToComeBackAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.Connection = "close";
        return BrokenPages.AreFor(context)
            ? BrokenPages.AnswerAsync(context, 503)
            : new ApiError(
                503, "application_error",
                "The server, or your address, has as many connections at work as it may have. Nothing was taken in; try again. Behind a "
                    + "proxy, Server:TrustedProxies names it.").ExecuteAsync(context);
    }
}
