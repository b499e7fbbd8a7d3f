using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin;

/// <summary>What the navigation shows: nothing that does not exist or may not be opened.</summary>
internal static class NavigationItems
{
    static readonly (string Text, string Path, Permit Permit)[] OfTenant =
    [
        ("navigation.overview", "overview", Permit.Read),
        ("navigation.messages", "messages", Permit.Read),
        ("navigation.templates", "templates", Permit.Read),
        ("navigation.brands", "brands", Permit.Read),
        ("navigation.events", "events", Permit.Read),
        ("navigation.relays", "relays", Permit.Relays),
        ("navigation.streams", "streams", Permit.Read),
        ("navigation.routes", "routes", Permit.Read),
        ("navigation.suppressions", "suppressions", Permit.Read),
        ("navigation.keys", "keys", Permit.Keys),
        ("navigation.logs", "logs", Permit.Read),
        ("navigation.audit", "audit", Permit.Audit),
        ("navigation.people", "people", Permit.People),
        ("navigation.settings", "settings", Permit.Read),
    ];

    static readonly (string Text, string Path, Permit Permit)[] OfInstance =
    [
        ("navigation.health", "health", Permit.Instance),
        ("navigation.tenants", "tenants", Permit.Instance),
        ("navigation.people", "people", Permit.People),
        ("navigation.audit", "audit", Permit.Audit),
        ("navigation.instance-settings", "settings", Permit.Instance),
    ];

    /// <summary>Those that the visitor may open: in the tenant that they look at or were in last, and in the whole instance.</summary>
    public static IReadOnlyList<NavigationGroup> For(PageFrame frame, Visitor visitor, IEnumerable<Book> books) =>
    [
        .. Group(null, OfTenant, place => visitor.MayInTenant(place.Permit), place => new(frame.T(place.Text), frame.InTenant(place.Path))),
        .. Group(
            frame.T("navigation.instance"), OfInstance, place => visitor.MayInInstance(place.Permit),
            place => new(frame.T(place.Text), "/admin/instance/" + place.Path)),
        .. Group(
            frame.T("navigation.books"), [.. books.Where(book => book.Home is not null)], _ => visitor.InstanceRole is not null,
            book => new(book.Title, book.Home!)),
    ];

    static IEnumerable<NavigationGroup> Group<T>(string? title, T[] places, Func<T, bool> mayOpen, Func<T, NavigationItem> item)
    {
        var items = places.Where(mayOpen).Select(item).ToList();
        if (items.Count > 0) yield return new(title, items);
    }
}
