using Waybill.Engine.Keys;
using Waybill.Server.Api.Routing;

namespace Waybill.Server.Api;

/// <summary>What Resend has no word for: every route on one page, with the scope that it needs beside it.</summary>
internal static class V1Routes
{
    public static void MapV1(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/streams", StreamsApi.List).RequireScope(Scope.Read);
        routes.MapGet("/v1/streams/{name}", StreamsApi.Get).RequireScope(Scope.Read);
        routes.MapPatch("/v1/streams/{name}", StreamsApi.ChangeAsync).RequireScope(Scope.Streams);
    }
}
