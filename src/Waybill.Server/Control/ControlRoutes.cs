using System.Net.Sockets;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections.Features;
using Waybill.Books.Verbs;
using Waybill.Server.Commands;
using Waybill.Server.Configuration;

namespace Waybill.Server.Control;

/// <summary>
/// The verbs over the control socket. Its folder is 0700 and the socket 0600: who can connect owns the data. Over TCP this route does not
/// exist, and over the socket nothing else does.
/// </summary>
internal static class ControlRoutes
{
    public const string Prefix = "/control";

    /// <summary>The verb's words are the path, its values the query, its file the body.</summary>
    public static void MapControl(this IEndpointRouteBuilder routes) => routes.MapPost(Prefix + "/{**verb}", async (
        string verb, HttpContext context, Settings settings, IHostApplicationLifetime life) =>
    {
        if (Verbs.Of(settings.Books).FirstOrDefault(one => one.Name.Replace(' ', '/') == verb) is not { } known) return Results.NotFound();
        using var file = new MemoryStream();
        await context.Request.Body.CopyToAsync(file, context.RequestAborted);
        var values = context.Request.Query.SelectMany(pair => pair.Value.Select(value => (pair.Key, Value: value!)))
            .ToLookup(one => one.Key, one => one.Value, StringComparer.Ordinal);
        var stop = known.OutlivesCaller ? life.ApplicationStopping : context.RequestAborted;
        return Results.Json(
            await known.RunAsync(new(context.RequestServices, values, file.ToArray()), stop), ControlJson.Default.VerbAnswer);
    });

    /// <summary>Keeps the two worlds apart before routing.</summary>
    public static IApplicationBuilder UseControlSeparation(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var isControl = context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);
        var isSocket = context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix;
        if (isControl == isSocket) return next(context);
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerbAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
