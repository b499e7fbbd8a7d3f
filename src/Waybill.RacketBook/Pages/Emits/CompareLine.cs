namespace Waybill.RacketBook.Pages.Emits;

/// <summary>One field of two emits.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Before">In the one.</param>
/// <param name="After">In the other.</param>
public sealed record CompareLine(string Name, string Before, string After)
{
    /// <summary>Whether they differ.</summary>
    public bool Differs => Before != After;
}
