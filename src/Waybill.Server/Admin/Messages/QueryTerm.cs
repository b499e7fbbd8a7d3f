using System.Text.RegularExpressions;

namespace Waybill.Server.Admin.Messages;

/// <summary>One term of what was typed: <c>to:ann</c>, or a word alone.</summary>
/// <param name="Key">What stands before the colon, in lower case; null: nothing does.</param>
/// <param name="Value">What is looked for.</param>
internal sealed partial record QueryTerm(string? Key, string Value)
{
    /// <summary>The terms of a text. Blanks part them; quotation marks hold them together and make a colon a colon.</summary>
    public static IReadOnlyList<QueryTerm> Read(string text) =>
    [
        .. Term().Matches(text).Select(term => new QueryTerm(
            term.Groups["key"].Success ? term.Groups["key"].Value.ToLowerInvariant() : null,
            (term.Groups["quoted"].Success ? term.Groups["quoted"] : term.Groups["bare"]).Value)),
    ];

    /// <summary>As it is typed.</summary>
    public override string ToString()
    {
        var value = Value.Replace("\"", " ", StringComparison.Ordinal).Trim();
        var isPlain = !value.Any(char.IsWhiteSpace) && (Key is not null || !value.Contains(':', StringComparison.Ordinal));
        return (Key is null ? "" : Key + ":") + (isPlain ? value : $"\"{value}\"");
    }

    [GeneratedRegex("(?:(?<key>[A-Za-z]{2,20}):(?=[^\\s]))?(?:\"(?<quoted>[^\"]*)\"?|(?<bare>[^\\s\"]+))",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Term();
}
