using Waybill.Engine.Keys;
using Waybill.Server.Api.Events;

namespace Waybill.Server.Api;

/// <summary>What Resend has no word for: every route of our own on one page, with the scope that it needs beside it.</summary>
internal static class V1Routes
{
    /// <summary>What their paths begin with.</summary>
    public const string Prefix = "/v1";

    public static void MapV1(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/events", PostEvents.HandleAsync).RequireScope(Scope.Events);
        routes.MapGet("/v1/events", ReadEvents.ListAsync).RequireScope(Scope.Read);
        routes.MapGet("/v1/events/{id}", ReadEvents.GetAsync).RequireScope(Scope.Read);
        routes.MapPost("/v1/events/{id}/deliveries/{subscription}/release", ParkedApi.ReleaseAsync).RequireScope(Scope.Streams);
        routes.MapGet("/v1/parked", ParkedApi.ListAsync).RequireScope(Scope.Read);

        routes.MapGet("/v1/routes", RoutesApi.ListAsync).RequireScope(Scope.Read);
        routes.MapPost("/v1/routes", RoutesApi.CreateAsync).RequireScope(Scope.Streams);
        routes.MapGet("/v1/routes/{id}", RoutesApi.GetAsync).RequireScope(Scope.Read);
        routes.MapPut("/v1/routes/{id}", RoutesApi.ReplaceAsync).RequireScope(Scope.Streams);
        routes.MapDelete("/v1/routes/{id}", RoutesApi.RemoveAsync).RequireScope(Scope.Streams);
    }
}
