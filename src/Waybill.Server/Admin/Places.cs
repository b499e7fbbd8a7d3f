using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin;

/// <summary>The places of the navigation: what does not exist or may not be opened is not in it.</summary>
internal static class Places
{
    static readonly Place[] OfTenant =
    [
        new("navigation.overview", "overview", Permit.Read),
        new("navigation.messages", "messages", Permit.Read),
        new("navigation.templates", "templates", Permit.Read),
        new("navigation.brands", "brands", Permit.Read),
        new("navigation.events", "events", Permit.Read),
        new("navigation.relays", "relays", Permit.Relays),
        new("navigation.streams", "streams", Permit.Read),
        new("navigation.routes", "routes", Permit.Read),
        new("navigation.suppressions", "suppressions", Permit.Read),
        new("navigation.keys", "keys", Permit.Keys),
        new("navigation.logs", "logs", Permit.Read),
        new("navigation.audit", "audit", Permit.Audit),
        new("navigation.people", "people", Permit.People),
        new("navigation.settings", "settings", Permit.Read),
    ];

    static readonly Place[] OfInstance =
    [
        new("navigation.health", "health", Permit.Instance),
        new("navigation.tenants", "tenants", Permit.Instance),
        new("navigation.people", "people", Permit.People),
        new("navigation.audit", "audit", Permit.Audit),
        new("navigation.instance-settings", "settings", Permit.Instance),
    ];

    /// <summary>Those that the visitor may open: in the tenant that they look at or were in last, and in the whole instance.</summary>
    public static IReadOnlyList<NavigationGroup> For(PageFrame frame, Visitor visitor, IEnumerable<Book> books) =>
    [
        .. Group(null, OfTenant, place => visitor.MayInTenant(place.Permit), place => new(frame.T(place.Text), frame.InTenant(place.Path))),
        .. Group(frame.T("navigation.instance"), OfInstance, place =>
        visitor.MayInInstance(place.Permit), place => new(frame.T(place.Text), "/admin/instance/" + place.Path)),
        .. Group(frame.T("navigation.books"), [.. books.Where(book => book.Home is not null)], _ => visitor.InstanceRole is not null, book => new(book.Title, book.Home!)),
    ];

    static IEnumerable<NavigationGroup> Group<T>(string? title, T[] places, Func<T, bool> mayOpen, Func<T, NavigationItem> item)
    {
        var items = places.Where(mayOpen).Select(item).ToList();
        if (items.Count > 0) yield return new(title, items);
    }

    sealed record Place(string Text, string Path, Permit Permit);
}
