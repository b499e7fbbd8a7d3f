namespace Waybill.RacketBook.Faults;

/// <summary>What is wrong with what was asked for: the field, and a code that has a text in both languages (<c>fault.{code}</c>).</summary>
/// <param name="Field">The field as the API and the forms name it; empty: the whole.</param>
/// <param name="Code">Stays the same whatever the sentence says.</param>
/// <param name="Arguments">What stands in the sentence.</param>
public sealed record BookFault(string Field, string Code, params object[] Arguments)
{
    /// <summary>The sentence in a language.</summary>
    public string Say(string locale) => Texts.BookTexts.Of(locale).Say("fault." + Code, Arguments);

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Say("en")}";
}
