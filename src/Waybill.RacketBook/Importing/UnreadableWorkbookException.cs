
namespace Waybill.RacketBook.Importing;

/// <summary>A file that is no workbook, or not one that is read here. It travels to <see cref="ImportReader"/> and no further.</summary>
sealed class UnreadableWorkbookException(string code, params object[] arguments) : Exception($"The workbook cannot be read: {code}.")
{
    internal BookFault Fault { get; } = new("", code, arguments);
}
