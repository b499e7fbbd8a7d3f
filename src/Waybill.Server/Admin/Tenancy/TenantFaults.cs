using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin.Tenancy;

/// <summary>What can be wrong with a tenant's name and zone.</summary>
internal static class TenantFaults
{
    public static IReadOnlyList<Fault> Of(HttpContext context, string name, string zone)
    {
        List<Fault> faults = [];
        if (!Tenants.CanBeCalled(name)) faults.Add(new("name", context.Say("settings.name.wrong")));
        if (!Tenants.IsTimeZone(zone)) faults.Add(new("time_zone", context.Say("settings.time_zone.wrong")));
        return faults;
    }
}
