using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Books;
using Waybill.Engine;
using Waybill.RacketBook;
using Waybill.RacketBook.Tenancy;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;
using Waybill.Server.Hosting;

namespace Waybill.Server.Specs.Access;

/// <summary>The table of routes as the server maps it, with all books: engine, pages, books, operations.</summary>
internal static class EveryRoute
{
    /// <summary>What a handler is given of its request.</summary>
    static readonly HashSet<Type> NoServices = [typeof(Caller), typeof(Visitor), typeof(StringerScope), typeof(StringerAccess),
        typeof(Waybill.RacketBook.Pages.BookScene)];

    /// <summary>Each as its method and its template, e.g. <c>GET /emails/{id}</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Endpoints().SelectMany(Describe).Order(StringComparer.Ordinal)];

    /// <summary>A route without methods, as that of the assets, is one for reading.</summary>
    static IEnumerable<string> Describe(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");

    static IEnumerable<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var type in EveryClassOfOurs())
            builder.Services.AddSingleton(type, _ => throw new InvalidOperationException("Only mapped, never called."));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRateLimiter(_ => { });
        var app = builder.Build();
        ServerHost.Map(app, Hosting.Books.All);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>What a handler asks for must be known for a service, or it would be taken for the body.</summary>
    static IEnumerable<Type> EveryClassOfOurs() =>
        ((System.Reflection.Assembly[])[typeof(Caller).Assembly, typeof(RacketBookBook).Assembly, typeof(EngineServices).Assembly,
            typeof(BookHost).Assembly])
        .SelectMany(assembly => assembly.GetTypes())
        .Where(
            type => (type.IsClass || type.IsInterface) && !type.IsGenericTypeDefinition && !NoServices.Contains(type)
                && !type.Name.EndsWith("Request", StringComparison.Ordinal));
}
