using Waybill.Engine.Keys;
using Waybill.Server.Api.Relays;

namespace Waybill.Server.Api;

/// <summary>What Resend has no word for: every route on one page, with the scope that it needs beside it.</summary>
internal static class V1Routes
{
    public static void MapV1(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/relays", RelaysApi.CreateAsync).RequireScope(Scope.Relays);
        routes.MapGet("/v1/relays", RelaysApi.ListAsync).RequireScope(Scope.Relays);
        routes.MapGet("/v1/relays/{id}", RelaysApi.GetAsync).RequireScope(Scope.Relays);
        routes.MapPatch("/v1/relays/{id}", RelaysApi.ChangeAsync).RequireScope(Scope.Relays);
        routes.MapDelete("/v1/relays/{id}", RelaysApi.RemoveAsync).RequireScope(Scope.Relays);
        routes.MapPost("/v1/relays/{id}/test", TestRelay.KeptAsync).RequireScope(Scope.Relays);
        routes.MapPost("/v1/relays/test", TestRelay.PostedAsync).RequireScope(Scope.Relays);
    }
}
