using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.RacketBook.Pages.Start;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Books;

namespace Waybill.RacketBook.Pages;

/// <summary>Binds a page to whose book it is about, before anything of it is read; who may not is told by a page.</summary>
static class PageBinding
{
    /// <summary>For the pages of a book. Who was invited says who they are first.</summary>
    internal static TBuilder OnPagesOfABook<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.After(async context =>
    {
        var seat = await SeatAsync(context);
        switch (await context.RequestServices.GetRequiredService<Seating>().SitAsync(context, seat))
        {
            case Seated.Bound(var bench, var stringer):
                context.Features.Set(bench);
                context.Features.Set(new BookScene(stringer, bench.Kind == ActorKind.Admin, seat.IsAdmin) { IsReader = bench.Kind == ActorKind.Stringer && seat.IsReader });
                return IsToIntroduceThemselves(context, stringer) ? BookAnswers.SeeOther(context, SettingsPath) : null;
            case Seated.Refused(var status, var code, _):
                context.Features.Set(new BookScene(null, IsElsewhere: false, seat.IsAdmin));
                return status == 404 ? BookAnswers.Missing(context) : await StartPages.NoBookAsync(context, seat, code);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No binding for {other.GetType().Name}.");
        }
    });

    /// <summary>For an admin's pages, which are in no book.</summary>
    internal static TBuilder OnPagesOfAdmins<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.After(async context =>
    {
        var seat = await SeatAsync(context);
        context.Features.Set(new BookScene(seat.Own, IsElsewhere: false, seat.IsAdmin));
        return seat.IsAdmin ? null : await StartPages.NoBookAsync(context, seat, "admin_only");
    });

    /// <summary>For who has no book yet.</summary>
    internal static TBuilder OnPagesOfNobody<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.After(async context =>
    {
        var seat = await SeatAsync(context);
        context.Features.Set(new BookScene(seat.Own, IsElsewhere: false, seat.IsAdmin));
        return null;
    });

    const string SettingsPath = "/settings";

    static bool IsToIntroduceThemselves(HttpContext context, Stringer stringer) =>
        stringer.Status == StringerStatus.Invited && !context.Request.Path.StartsWithSegments(BookScene.Root + SettingsPath, StringComparison.OrdinalIgnoreCase)
        && BookScene.Of(context) is { IsElsewhere: false, IsReader: false };

    static async Task<Seat> SeatAsync(HttpContext context)
    {
        var seat = await context.RequestServices.GetRequiredService<Seating>().FindAsync(BookVisitor.Of(context), context.RequestAborted);
        context.Features.Set(seat);
        return seat;
    }
}
