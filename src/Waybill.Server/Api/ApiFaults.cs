using Waybill.Books.Reading;
using Waybill.Screens.Texts;

namespace Waybill.Server.Api;

/// <summary>
/// How faults are said: by the API in English, with names of fields as they are sent; by a form in the visitor's language.
/// </summary>
internal static class ApiFaults
{
    static readonly Wording English = Wording.Read(Wording.English, typeof(ApiFaults).Assembly);
    static readonly Wording German = Wording.Read("de", typeof(ApiFaults).Assembly);

    /// <summary>The first thing that is wrong, which is what the API answers; null: nothing is.</summary>
    public static ApiError? Error(this Fields fields) => fields.Fault?.ToError();

    /// <summary>The answer of the API.</summary>
    public static ApiError ToError(this FieldFault fault)
    {
        var sentence = fault.Say(English, name => $"`{name}`");
        return fault.Code switch
        {
            "missing" or "missing.either" => new(422, "missing_required_field", sentence),
            "event.large" => ApiError.TooLarge(sentence),
            var code when code.StartsWith("attachment.", StringComparison.Ordinal) => ApiError.BadAttachment(sentence),
            _ => ApiError.Invalid(sentence),
        };
    }

    /// <summary>The same of a parameter of the query.</summary>
    public static ApiError ToParameterError(this FieldFault fault) => (fault with { Code = "parameter." + fault.Code }).ToError();

    /// <summary>The sentence of a form.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="locale">Whose language.</param>
    /// <param name="label">What people call a field; null: the form has none of that name.</param>
    public static string Say(this FieldFault fault, string locale, Func<string, string?> label) =>
        fault.Say(locale == "de" ? German : English, name => label(name) is { } words ? $"“{words}”" : name);

    static string Say(this FieldFault fault, Wording texts, Func<string, string> named) => texts.Say(
        "fault." + fault.Code, [named(fault.Field), .. fault.Arguments.Select(one => one is FieldName(var name) ? named(name) : one)]);
}
