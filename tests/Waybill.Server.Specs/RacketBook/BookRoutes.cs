using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine;
using Waybill.RacketBook;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Books;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>The routes of RacketBook as the program maps them, so that none is forgotten when one is added.</summary>
internal static class BookRoutes
{
    /// <summary>Every one: method, path, and who reaches it.</summary>
    public static IReadOnlyList<(string Method, string Path, BookAccess? Access)> All { get; } = [.. Endpoints().SelectMany(Describe)];

    static IEnumerable<(string, string, BookAccess?)> Describe(RouteEndpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        .Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<BookAccess>()));

    static IEnumerable<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var type in EveryClassOfOurs()) builder.Services.AddSingleton(type, _ => throw new InvalidOperationException("Only mapped, never called."));
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        RacketBookBook.Book.Map(app);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>What a handler asks for must be known for a service, or it would be taken for the body.</summary>
    static IEnumerable<Type> EveryClassOfOurs() =>
        ((System.Reflection.Assembly[])[typeof(RacketBookBook).Assembly, typeof(EngineServices).Assembly, typeof(BookHost).Assembly])
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => (type.IsClass || type.IsInterface) && !type.IsGenericTypeDefinition && type != typeof(Bench) && type != typeof(Seat)
            && type != typeof(Waybill.RacketBook.Pages.BookScene));
}
