using System.Net.Sockets;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Mvc;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Server.Commands;

namespace Waybill.Server.Control;

/// <summary>
/// The verbs over the control socket. Its folder is 0700 and the socket 0600: who can connect owns the data. Over TCP these routes do not
/// exist, and over the socket nothing else does.
/// </summary>
internal static class ControlRoutes
{
    public const string Prefix = "/control";

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix);
        control.MapPost("/keys", (NewKeyRequest request, LocalVerbs verbs, CancellationToken stop) =>
            verbs.CreateKeyAsync(request.Tenant, request.Name, request.Scopes, stop));
        control.MapGet("/keys", (LocalVerbs verbs, CancellationToken stop) => verbs.ListKeysAsync(stop));
        control.MapDelete("/keys/{id}", (ApiKeyId id, LocalVerbs verbs, CancellationToken stop) => verbs.RevokeKeyAsync(id, stop));
        control.MapGet("/render/{id}", (MessageId id, LocalVerbs verbs, CancellationToken stop) => verbs.RenderAsync(id, stop));
        control.MapGet("/render/{id}/again", (MessageId id, bool current, LocalVerbs verbs, CancellationToken stop) => verbs.RecomposeAsync(id, current, stop));
        control.MapPost("/send-test", (TestRequest request, LocalVerbs verbs, CancellationToken stop) => verbs.SendTestAsync(request.To, request.From, stop));
        // Whoever asked may hang up: it goes on, and asking again does no harm.
        control.MapPost("/master-key", (LocalVerbs verbs, IHostApplicationLifetime life) => verbs.RotateMasterKeyAsync(life.ApplicationStopping));
        control.MapGet("/audit", (LocalVerbs verbs, CancellationToken stop) => verbs.VerifyAuditAsync(stop));
        control.MapGet("/verify", (LocalVerbs verbs, CancellationToken stop) => verbs.VerifyAsync(stop));
        control.MapPost("/import/{book}", async (string book, [FromQuery(Name = "for")] string forWhom, bool rehearsal, HttpRequest request, LocalVerbs verbs, CancellationToken stop) =>
        {
            using var file = new MemoryStream();
            await request.Body.CopyToAsync(file, stop);
            return await verbs.ImportAsync(book, forWhom, rehearsal, file.ToArray(), stop);
        });
        control.MapPost("/people/reset", (ResetRequest request, LocalVerbs verbs, CancellationToken stop) => verbs.MakeResetLinkAsync(request.Email, stop));
    }

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

/// <summary>Asks for a key.</summary>
internal sealed record NewKeyRequest(string? Tenant, string Name, IReadOnlyList<string> Scopes);

/// <summary>Asks for a test.</summary>
internal sealed record TestRequest(string To, string? From);

/// <summary>Asks for a link to a new password.</summary>
internal sealed record ResetRequest(string Email);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NewKeyRequest))]
[JsonSerializable(typeof(TestRequest))]
[JsonSerializable(typeof(ResetRequest))]
[JsonSerializable(typeof(VerbAnswer<MadeKey>))]
[JsonSerializable(typeof(VerbAnswer<IReadOnlyList<ListedKey>>))]
[JsonSerializable(typeof(VerbAnswer<bool>))]
[JsonSerializable(typeof(VerbAnswer<RenderedMessage>))]
[JsonSerializable(typeof(VerbAnswer<Difference>))]
[JsonSerializable(typeof(VerbAnswer<TestReport>))]
[JsonSerializable(typeof(VerbAnswer<AuditReport>))]
[JsonSerializable(typeof(VerbAnswer<RotationReport>))]
[JsonSerializable(typeof(VerbAnswer<VerifyReport>))]
[JsonSerializable(typeof(VerbAnswer<MadeLink>))]
[JsonSerializable(typeof(VerbAnswer<ImportReport>))]
internal sealed partial class ControlJson : JsonSerializerContext;
