using System.Globalization;
using Microsoft.AspNetCore.Components;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Texts;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages;

/// <summary>A page of RacketBook's, or a part of one: it knows in whose book it is, and speaks the book's texts.</summary>
public abstract class BookPart : Part
{
    /// <summary>In whose book.</summary>
    [CascadingParameter]
    public BookScene Scene { get; set; } = null!;

    /// <summary>The text of a key in the visitor's language.</summary>
    protected new string T(string key, params object?[] arguments) => BookTexts.Of(Frame.Locale).Say(key, arguments);

    /// <summary>The text of a key that counts: <c>key.one</c> for 1, <c>key.other</c> for all else.</summary>
    protected string Count(string key, long count) => T(key + (count == 1 ? ".one" : ".other"), count);

    /// <summary>The address of a page of this book.</summary>
    protected string At(string path) => Scene.At(path);

    /// <summary>A day as people of the language write it; a dash where there is none.</summary>
    protected string Day(DateOnly? day) => day is { } known ? ReceiptWords.Of(Frame.Locale).Date(known) : "–";

    /// <summary>An amount in francs; a dash where nothing is charged.</summary>
    protected static string Money(decimal? amount) => ReceiptWords.Amount(amount);

    /// <summary>A tension, a size: as short as it can be.</summary>
    protected static string Measure(decimal? measure) => measure is { } known ? ReceiptWords.Measure(known) : "";

    /// <summary>A day as a form sends it.</summary>
    protected static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
