using Waybill.Engine.Keys;
using Waybill.Server.Api.Brands;
using Waybill.Server.Api.Events;
using Waybill.Server.Api.Messages;
using Waybill.Server.Api.Relays;
using Waybill.Server.Api.Routing;
using Waybill.Server.Api.Tenancy;
using Waybill.Server.Bodies;

namespace Waybill.Server.Api;

/// <summary>
/// What Resend has no word for: every route on one page, with the scope that it needs beside it. Errors are RFC 9457 problems.
/// </summary>
internal static class V1Routes
{
    public const string Prefix = "/v1";

    public static void MapV1(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup(Prefix);

        v1.MapPost("/events", PostEvents.HandleAsync).RequireScope(Scope.Events).Reads(BodyLimit.Events);
        v1.MapGet("/events", ReadEvents.ListAsync).RequireScope(Scope.Read);
        v1.MapGet("/events/{id}", ReadEvents.GetAsync).RequireScope(Scope.Read);
        v1.MapPost("/events/{id}/deliveries/{subscription}/release", ParkedApi.ReleaseAsync).RequireScope(Scope.Streams)
            .Audited("events.release");
        v1.MapGet("/parked", ParkedApi.ListAsync).RequireScope(Scope.Read);

        v1.MapGet("/routes", RoutesApi.ListAsync).RequireScope(Scope.Read);
        v1.MapPost("/routes", RoutesApi.CreateAsync).RequireScope(Scope.Streams).Audited("routes.create");
        v1.MapGet("/routes/{id}", RoutesApi.GetAsync).RequireScope(Scope.Read);
        v1.MapPut("/routes/{id}", RoutesApi.ReplaceAsync).RequireScope(Scope.Streams).Audited("routes.change");
        v1.MapDelete("/routes/{id}", RoutesApi.RemoveAsync).RequireScope(Scope.Streams).Audited("routes.remove");

        v1.MapGet("/messages/{id}/timeline", MessagesApi.TimelineAsync).RequireScope(Scope.Read);
        v1.MapGet("/messages/{id}/render", MessagesApi.RenderAsync).RequireScope(Scope.Read);

        v1.MapGet("/streams", StreamsApi.List).RequireScope(Scope.Read);
        v1.MapGet("/streams/{name}", StreamsApi.Get).RequireScope(Scope.Read);
        v1.MapPatch("/streams/{name}", StreamsApi.ChangeAsync).RequireScope(Scope.Streams).AuditedForAll("streams.change");

        v1.MapPost("/relays", RelaysApi.CreateAsync).RequireScope(Scope.Relays).Audited("relays.create");
        v1.MapGet("/relays", RelaysApi.ListAsync).RequireScope(Scope.Relays);
        v1.MapGet("/relays/{id}", RelaysApi.GetAsync).RequireScope(Scope.Relays);
        v1.MapPatch("/relays/{id}", RelaysApi.ChangeAsync).RequireScope(Scope.Relays).Audited("relays.change");
        v1.MapDelete("/relays/{id}", RelaysApi.RemoveAsync).RequireScope(Scope.Relays).Audited("relays.remove");
        v1.MapPost("/relays/{id}/test", TestRelay.KeptAsync).RequireScope(Scope.Relays);
        v1.MapPost("/relays/test", TestRelay.PostedAsync).RequireScope(Scope.Relays);

        v1.MapGet("/brands", BrandsApi.ListAsync).RequireScope(Scope.Brands);
        v1.MapPost("/brands", BrandsApi.CreateAsync).RequireScope(Scope.Brands).Audited("brands.create");
        v1.MapGet("/brands/{id}", BrandsApi.GetAsync).RequireScope(Scope.Brands);
        v1.MapPatch("/brands/{id}", BrandsApi.UpdateAsync).RequireScope(Scope.Brands).Audited("brands.edit");
        v1.MapDelete("/brands/{id}", BrandsApi.RemoveAsync).RequireScope(Scope.Brands).Audited("brands.remove");
        v1.MapPut("/brands/{id}/logo", BrandLogo.PutAsync).RequireScope(Scope.Brands).Audited("brands.edit");
        v1.MapGet("/brands/{id}/logo", BrandLogo.GetAsync).RequireScope(Scope.Brands);
        v1.MapDelete("/brands/{id}/logo", BrandLogo.RemoveAsync).RequireScope(Scope.Brands).Audited("brands.edit");

        v1.MapGet("/tenants/{name}", TenantsApi.GetAsync).RequireScope(Scope.Read);
        v1.MapPatch("/tenants/{name}", TenantsApi.ChangeAsync).RequireScope(Scope.Full).Audited("tenants.grant");
    }
}
