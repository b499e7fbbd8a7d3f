using Microsoft.AspNetCore.Http;
using Waybill.Books;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Tenancy;

/// <summary>Who somebody is in RacketBook: whose book is theirs, and whether they administer those of all.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Own">Their own book; null: they have none.</param>
/// <param name="IsAdmin">Whether they administer.</param>
public sealed record StringerAccess(BookVisitor Visitor, Stringer? Own, bool IsAdmin)
{
    /// <summary>Whether they only read in their own book: viewers of its tenant do.</summary>
    public bool IsReader => Own is { } own && Visitor.OnlyReadsIn(own.Id);

    /// <summary>Of the present request, whose filter has found it.</summary>
    public static ValueTask<StringerAccess> BindAsync(HttpContext context) =>
        new(context.Features.Get<StringerAccess>() ?? throw new InvalidOperationException("This route has no access to a book."));
}
