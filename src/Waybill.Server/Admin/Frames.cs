using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;

namespace Waybill.Server.Admin;

/// <summary>Makes the frame of a page from who asks for it.</summary>
internal static class Frames
{
    /// <summary>The frame of a book's page: the book's places, and the way back for those who have other ones.</summary>
    public static PageFrame Of(HttpContext context, IReadOnlyList<NavigationGroup> ofBook)
    {
        var frame = Of(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<Book>() is { } book)
        {
            frame = frame with
            {
                Stylesheet = book.Stylesheet is { } sheet ? BookAssets.Href(book, sheet) : null,
                Script = book.Script is { } script ? BookAssets.Href(book, script) : null,
            };
        }

        return frame with
        {
            Navigation = context.VisitorOrNull()?.InstanceRole is null
            ? ofBook
            : [.. ofBook, new("Waybill", [new(frame.T("navigation.admin"), "/admin")])]
        };
    }

    public static PageFrame Of(HttpContext context)
    {
        var look = Appearance.Of(context);
        var frame = new PageFrame
        {
            Path = context.Request.Path + context.Request.QueryString,
            Return = WayBack.From(context),
            Locale = look.Locale,
            Theme = look.Theme,
            Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            FormToken = context.FormToken(),
            // A part of a page has no place for it; the next page has.
            Notice = Fragments.IsAsked(context) ? null : Notices.Take(context),
        };
        return context.VisitorOrNull() is { } visitor ? Of(visitor, frame, context.RequestServices.GetServices<Book>()) : frame;
    }

    static PageFrame Of(Visitor visitor, PageFrame frame, IEnumerable<Book> books)
    {
        frame = frame with
        {
            PersonName = visitor.Person.Name,
            TenantName = (visitor.Tenant ?? visitor.LastTenant)?.Name,
            Tenants =
                [.. visitor.Tenants.Where(tenant => visitor.RoleIn(tenant.Id)!.Value.Allows(Permit.Read)).Select(tenant => tenant.Name)],
            May = visitor.May,
        };
        return frame with { Navigation = NavigationItems.For(frame, visitor, books) };
    }
}
