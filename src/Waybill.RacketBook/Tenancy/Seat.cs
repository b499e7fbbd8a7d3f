using Microsoft.AspNetCore.Http;
using Waybill.RacketBook.Stringers;
using Waybill.Screens.Books;

namespace Waybill.RacketBook.Tenancy;

/// <summary>Where somebody sits in RacketBook: whose book is theirs, and whether they administer those of all.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Own">Their own book; null: they have none.</param>
/// <param name="IsAdmin">Whether they administer.</param>
public sealed record Seat(BookVisitor Visitor, Stringer? Own, bool IsAdmin)
{
    /// <summary>As an audit of orders names them.</summary>
    public Guid ActorId => Own?.Id.Value ?? Visitor.Id;

    /// <summary>Of the present request, whose filter has found it.</summary>
    public static ValueTask<Seat> BindAsync(HttpContext context) => new(context.Features.Get<Seat>() ?? throw new InvalidOperationException("This route has no seat."));
}
