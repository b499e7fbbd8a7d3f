using Waybill.Templates.Render;

namespace Waybill.Templates.Language;

/// <summary>What each helper wants.</summary>
internal static class HelperRules
{
    public static readonly string[] DateFormats = ["long", "short", "weekday", "time", "datetime", "iso"];

    /// <summary>A sentence that says what is wrong with a call; null: nothing.</summary>
    public static string? Complaint(Helper helper, List<Expression> arguments, List<Named> options) => helper switch
    {
        Helper.Date when arguments.Count != 1 => "date takes one value: {{date issued}} or {{date issued format=\"short\"}}.",
        Helper.Date => Unknown(options, "format") ?? options.Select(WrongFormat).FirstOrDefault(),
        Helper.Money when arguments.Count != 1 => "money takes one value: {{money total}}, or {{money minor currency=\"CHF\"}}.",
        Helper.Money => Unknown(options, "currency"),
        _ when arguments.Count < 2 => "default takes two values or more, and is the first that is not empty: {{default name \"there\"}}.",
        _ => options.Count > 0 ? "default has no options." : null,
    };

    static string? Unknown(List<Named> options, string known)
    {
        var unknown = options.Find(option => !string.Equals(option.Name, known, StringComparison.Ordinal)).Name;
        return unknown is null ? null : $"There is no option {unknown} here, only {known}.";
    }

    static string? WrongFormat(Named option)
    {
        if (option.Value is not Expression.Constant { Value.Sort: ValueSort.Text } text) return "format is a text, such as \"short\".";
        return DateFormats.Contains(text.Value.Text)
            ? null
            : $"There is no format {text.Value.Text}: there are {string.Join(", ", DateFormats)}.";
    }
}
