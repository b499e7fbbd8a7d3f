using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Waybill.Books;
using Waybill.RacketBook.Pages.Catalogue;
using Waybill.RacketBook.Pages.Clients;
using Waybill.RacketBook.Pages.Emits;
using Waybill.RacketBook.Pages.Moderation;
using Waybill.RacketBook.Pages.Orders;
using Waybill.RacketBook.Pages.Settings;
using Waybill.RacketBook.Pages.Start;
using Waybill.RacketBook.Pages.Stringers;

namespace Waybill.RacketBook.Pages;

/// <summary>The pages of a book; each area maps its own.</summary>
static class BookPages
{
    internal static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(BookScene.Root).ForPeople();
        var book = pages.MapGroup("").OnPagesOfABook();
        book.MapDesk();
        book.MapOrders();
        book.MapEmits();
        book.MapClients();
        book.MapCatalogue();
        book.MapSettings();
        var admins = pages.MapGroup("").OnPagesOfAdmins();
        admins.MapModeration();
        admins.MapStringers();
        pages.MapGroup("").OnPagesOfNobody().MapStart();
    }
}
