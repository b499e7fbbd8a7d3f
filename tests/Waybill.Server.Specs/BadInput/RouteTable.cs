using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Outbox;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Server.Api;
using Waybill.Server.Api.Emails;
using Waybill.Server.Unsubscribing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>The API's routes as the program maps them, so that no route is forgotten when one is added.</summary>
internal static class RouteTable
{
    static readonly Type[] WhatHandlersAskFor =
    [
        typeof(Acceptor), typeof(AttachmentIntake), typeof(AttachmentLinks), typeof(ApiKeys), typeof(ContentStore), typeof(MessageJournal),
        typeof(MessageOutbox), typeof(StreamTable), typeof(SuppressionList), typeof(Tenants), typeof(UnsubscribeLinks), typeof(Wakeup),
    ];

    /// <summary>Every route that asks for a key: method, path, scope.</summary>
    public static IReadOnlyList<(string Method, string Path, string Scope)> Guarded { get; } =
        [.. Endpoints().Select(Describe).Where(route => route.Scope.Length > 0)];

    /// <summary>The paths of those that ask for none.</summary>
    public static IReadOnlyList<string> Open { get; } = [.. Endpoints().Select(Describe).Where(route => route.Scope.Length == 0).Select(route => route.Path)];

    static (string Method, string Path, string Scope) Describe(RouteEndpoint endpoint) => (
        endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0],
        "/" + endpoint.RoutePattern.RawText!.Trim('/'),
        endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope ?? "");

    static IEnumerable<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var type in WhatHandlersAskFor) builder.Services.AddSingleton(type, _ => throw new InvalidOperationException("Only mapped, never called."));
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.MapResend();
        app.MapV1();
        app.MapUnsubscribe();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }
}
