using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin;

/// <summary>The places of the navigation: what does not exist or may not be opened is not in it.</summary>
internal static class Places
{
    static readonly Place[] OfTenant =
    [
        new("navigation.messages", "messages", Permit.Read),
        new("navigation.events", "events", Permit.Read),
        new("navigation.relays", "relays", Permit.Relays),
        new("navigation.streams", "streams", Permit.Read),
        new("navigation.routes", "routes", Permit.Read),
        new("navigation.suppressions", "suppressions", Permit.Read),
        new("navigation.keys", "keys", Permit.Keys),
        new("navigation.logs", "logs", Permit.Read),
        new("navigation.settings", "settings", Permit.Read),
    ];

    static readonly Place[] OfInstance =
    [
        new("navigation.health", "health", Permit.Instance),
        new("navigation.tenants", "tenants", Permit.Instance),
        new("navigation.instance-settings", "settings", Permit.Instance),
    ];

    /// <summary>Those that the visitor may open.</summary>
    public static IReadOnlyList<NavigationGroup> For(PageFrame frame) =>
    [
        .. Group(title: null, OfTenant, frame.TenantName is null ? null : frame.InTenant, frame),
        .. Group("navigation.instance", OfInstance, path => "/admin/instance/" + path, frame),
    ];

    static IEnumerable<NavigationGroup> Group(string? title, IEnumerable<Place> places, Func<string, string>? pathTo, PageFrame frame)
    {
        if (pathTo is null) return [];
        var open = places.Where(place => frame.May(place.Permit)).Select(place => new NavigationItem(frame.T(place.Text), pathTo(place.Path))).ToList();
        return open.Count == 0 ? [] : [new(title is null ? null : frame.T(title), open)];
    }

    sealed record Place(string Text, string Path, Permit Permit);
}
