using Waybill.Screens.Texts;

namespace Waybill.Books.Reading;

/// <summary>One thing that is wrong with what was asked for. Its code has a text in each language, <c>fault.{code}</c>.</summary>
/// <param name="Field">The field as the API and the forms name it; empty: the whole.</param>
/// <param name="Code">Stays the same whatever the sentence says.</param>
/// <param name="Arguments">What stands in the sentence.</param>
public sealed record FieldFault(string Field, string Code, params object[] Arguments)
{
    /// <summary>The object that the field is in, as in <c>locales[1]</c>; empty: the body itself.</summary>
    public string Within { get; init; } = "";

    /// <summary>The sentence; the field is not in it.</summary>
    public string Say(Wording texts) => texts.Say("fault." + Code, Arguments);

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Code}";
}
