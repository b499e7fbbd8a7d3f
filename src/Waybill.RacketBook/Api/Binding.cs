using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Books;

namespace Waybill.RacketBook.Api;

/// <summary>Binds a request of the API to whose book it is about, before anything of it is read.</summary>
static class Binding
{
    /// <summary>For what is a stringer's: the handler has a <see cref="Bench"/>.</summary>
    internal static TBuilder InABook<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.After(async context =>
    {
        var (seating, seat) = await SeatAsync(context);
        switch (await seating.SitAsync(context, seat))
        {
            case Seated.Bound(var bench, _):
                context.Features.Set(bench);
                return null;
            case Seated.Refused(var status, var code, var sentence):
                return new BookProblem(status, code, sentence);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No binding for {other.GetType().Name}.");
        }
    });

    /// <summary>For what is of all: the visitor is an admin.</summary>
    internal static TBuilder ForAdmins<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.After(async context =>
        (await SeatAsync(context)).Seat.IsAdmin ? null : new BookProblem(403, "admin_only", "Only an admin may do this."));

    static async Task<(Seating Seating, Seat Seat)> SeatAsync(HttpContext context)
    {
        var seating = context.RequestServices.GetRequiredService<Seating>();
        var seat = await seating.FindAsync(BookVisitor.Of(context), context.RequestAborted);
        context.Features.Set(seat);
        return (seating, seat);
    }
}
