using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Texts;

namespace Waybill.RacketBook.Importing;

/// <summary>Where something stands in the workbook.</summary>
/// <param name="Sheet">The sheet's name.</param>
/// <param name="Row">As the spreadsheet counts: the first row is 1.</param>
public sealed record SheetPlace(string Sheet, int Row);

/// <summary>A row that is not taken, and why.</summary>
/// <param name="At">Where.</param>
/// <param name="Column">The title of the column; empty: the whole row.</param>
/// <param name="Fault">Why.</param>
public sealed record RejectedRow(SheetPlace At, string Column, BookFault Fault)
{
    /// <summary>A line for a person.</summary>
    /// <param name="locale"><c>en</c> or <c>de</c>.</param>
    public string Say(string locale) =>
        $"{At.Sheet} {At.Row.ToString(System.Globalization.CultureInfo.InvariantCulture)}{(Column.Length > 0 ? $", {Column}" : "")}: "
            + $"{Fault.Say(locale)}";
}

/// <summary>A client of the workbook; ids are given when it is imported.</summary>
/// <param name="At">Where.</param>
/// <param name="Key">Tells it from others, the same in each reading of the file.</param>
/// <param name="Client">Who.</param>
public sealed record ImportedClient(SheetPlace At, string Key, Client Client);

/// <summary>A racket of the workbook.</summary>
/// <param name="At">Where.</param>
/// <param name="Key">Tells it from others, the same in each reading of the file.</param>
/// <param name="Racket">Which.</param>
public sealed record ImportedRacket(SheetPlace At, string Key, Racket Racket);

/// <summary>A string of the workbook.</summary>
/// <param name="At">Where.</param>
/// <param name="Key">Tells it from others, the same in each reading of the file.</param>
/// <param name="TennisString">Which.</param>
public sealed record ImportedString(SheetPlace At, string Key, TennisString TennisString);

/// <summary>An order of the workbook, with the client and the racket that it names.</summary>
/// <param name="At">Where.</param>
/// <param name="Key">Tells it from others, the same in each reading of the file.</param>
/// <param name="Order">What was done, its strings by name.</param>
/// <param name="Client">For whom; null: for the stringer.</param>
/// <param name="Racket">Which racket.</param>
public sealed record ImportedOrder(SheetPlace At, string Key, Order Order, Client? Client, Racket Racket);
