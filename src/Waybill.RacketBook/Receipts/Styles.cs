using Waybill.Documents.Fonts;
using Waybill.Documents.Pdf;

namespace Waybill.RacketBook.Receipts;

/// <summary>How a receipt is set: black on white, told apart by weight and size alone, for it is printed without colour.</summary>
static class Styles
{
    internal const double Leading = 1.35;

    /// <summary>Of what something is called, in points.</summary>
    internal const double NameWidth = 104;

    internal static readonly TextStyle Text = new(Face.Regular, 10);

    internal static readonly TextStyle Strong = new(Face.Bold, 10);

    internal static readonly TextStyle Name = new(Face.Regular, 10, 0.35);

    internal static readonly TextStyle Heading = new(Face.Bold, 11);

    internal static readonly TextStyle Small = new(Face.Regular, 8.5, 0.25);

    internal static readonly TextStyle Number = new(Face.Bold, 12);
}
