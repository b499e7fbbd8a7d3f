using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine;
using Waybill.Server.Api;
using Waybill.Server.Unsubscribing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>The API's routes as the program maps them, so that no route is forgotten when one is added.</summary>
internal static class RouteTable
{
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
        foreach (var type in EveryClassOfOurs()) builder.Services.AddSingleton(type, _ => throw new InvalidOperationException("Only mapped, never called."));
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        app.MapResend();
        app.MapV1();
        app.MapUnsubscribe();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>What a handler asks for must be known for a service, or it would be taken for the body.</summary>
    static IEnumerable<Type> EveryClassOfOurs() => ((System.Reflection.Assembly[])[typeof(Caller).Assembly, typeof(EngineServices).Assembly])
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => (type.IsClass || type.IsInterface) && !type.IsGenericTypeDefinition && type != typeof(Caller));
}
