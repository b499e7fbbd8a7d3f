using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine;
using Waybill.Engine.Accounts;
using Waybill.Server.Admin;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api;

namespace Waybill.Server.Specs.Accounts;

/// <summary>The routes of /admin as the program maps them, so that none is forgotten when one is added.</summary>
internal static class AdminRoutes
{
    /// <summary>Every one: method, path, and whom it is for.</summary>
    public static IReadOnlyList<AdminRoute> All { get; } = [.. Endpoints().SelectMany(Describe)];

    static IEnumerable<AdminRoute> Describe(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        .Select(
            method => new AdminRoute(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<Admission>()));

    static IEnumerable<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var type in EveryClassOfOurs())
            builder.Services.AddSingleton(type, _ => throw new InvalidOperationException("Only mapped, never called."));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRateLimiter(_ => { });
        var app = builder.Build();
        app.MapAdmin();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("admin", StringComparison.Ordinal))];
    }

    /// <summary>What a handler asks for must be known for a service, or it would be taken for the body.</summary>
    static IEnumerable<Type> EveryClassOfOurs() =>
        ((System.Reflection.Assembly[])[typeof(Caller).Assembly, typeof(EngineServices).Assembly])
        .SelectMany(assembly => assembly.GetTypes())
        .Where(
            type => (type.IsClass || type.IsInterface) && !type.IsGenericTypeDefinition && type != typeof(Caller)
                && type != typeof(Visitor));
}

/// <summary>One route.</summary>
internal sealed record AdminRoute(string Method, string Template, Admission? Admission)
{
    /// <summary>A path of it, in a tenant; ids are of nothing.</summary>
    public string Path(string tenant) => string.Join('/', Template.Split('/').Select(part => part switch
    {
        "{tenant}" => tenant,
        ['{', '*', ..] => "nothing",
        ['{', ..] when part.Contains("int", StringComparison.Ordinal) => "1",
        ['{', ..] => "01928374-6574-7392-8192-837465748392",
        _ => part,
    }));

    /// <summary>
    /// Whether somebody with this role, in the whole instance or in one tenant, may; what belongs to no tenant asks for a role in the
    /// instance.
    /// </summary>
    public bool IsFor(Role role, bool isOfInstance) => Admission is not Admission.Allowed(var permit)
        || ((isOfInstance || (IsOfTenant && permit != Permit.Instance)) && role.Allows(permit));

    public bool IsOfTenant => Template.Contains("{tenant}", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Template}";
}
