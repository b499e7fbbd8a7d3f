using Waybill.Server.Admin.Health;
using Waybill.Server.Admin.Relays;
using Waybill.Server.Admin.Routes;

namespace Waybill.Server.Admin;

/// <summary>What pages need beside the engine, and their places under a tenant and under the instance.</summary>
internal static class AdminServices
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddSingleton<RelayRows>().AddSingleton<RelayDesk>().AddSingleton<RouteFormPage>()
        .AddSingleton<HealthLook>().AddSingleton<Beginning>();
}
