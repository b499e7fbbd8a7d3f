namespace Waybill.RacketBook.Importing;

/// <summary>A cell.</summary>
/// <param name="Text">What it holds, a number as the file has it.</param>
/// <param name="IsNumber">Whether it is a number, or a day, which is one.</param>
/// <param name="IsFormula">Whether it is reckoned; what came out the last time is not trusted.</param>
/// <param name="IsError">Whether it holds <c>#REF!</c> and the like.</param>
readonly record struct SheetCell(string Text, bool IsNumber = false, bool IsFormula = false, bool IsError = false);

/// <summary>A row that holds something.</summary>
/// <param name="Number">As the spreadsheet counts.</param>
/// <param name="Cells">By column, the first of which is 0.</param>
sealed record SheetRow(int Number, IReadOnlyDictionary<int, SheetCell> Cells);
