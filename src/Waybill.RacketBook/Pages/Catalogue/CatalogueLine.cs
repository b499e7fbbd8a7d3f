using Waybill.RacketBook.Pages.Parts;
using Waybill.RacketBook.Rackets;

namespace Waybill.RacketBook.Pages.Catalogue;

/// <summary>A racket or a string in the list.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What tells it from others.</param>
/// <param name="Visibility">Whose it is.</param>
/// <param name="Path">Its page.</param>
public sealed record CatalogueLine(string Name, string Detail, Visibility Visibility, string Path)
{
    internal static CatalogueLine Of(Racket racket) => new(
        JobWords.Racket(racket),
        string.Join(
            " · ",
            new[] { racket.HeadSize is { } size ? $"{Receipts.ReceiptWords.Measure(size)} sq in" : "", racket.Pattern ?? "" }.Where(
                part => part.Length > 0)),
        racket.Visibility,
        $"/catalogue/rackets/{racket.Id:D}");

    internal static CatalogueLine Of(TennisString one) => new(one.Name, one.Gauge ?? "", one.Visibility, $"/catalogue/strings/{one.Id:D}");
}
