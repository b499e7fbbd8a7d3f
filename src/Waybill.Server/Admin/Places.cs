using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;

namespace Waybill.Server.Admin;

/// <summary>The places of the navigation: what does not exist or may not be opened is not in it.</summary>
internal static class Places
{
    static readonly Place[] OfTenant =
    [
        new("navigation.messages", "messages", Permit.Read),
        new("navigation.templates", "templates", Permit.Read),
        new("navigation.brands", "brands", Permit.Read),
    ];

    /// <summary>Those that the visitor may open.</summary>
    public static IReadOnlyList<NavigationGroup> For(PageFrame frame) => frame.TenantName is null ? [] : [new(Title: null, [.. OfTenant.Where(place => frame.May(place.Permit)).Select(place => Item(place, frame))])];

    static NavigationItem Item(Place place, PageFrame frame) => new(frame.T(place.Text), frame.InTenant(place.Path));

    sealed record Place(string Text, string Path, Permit Permit);
}
