using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>Holds docs/errors.md complete: what the source can answer with stands there, and nothing else does.</summary>
public sealed partial class The_page_of_errors
{
    [Fact]
    public void Lists_what_the_API_answers_with_and_nothing_else() => Assert.Equal(InTheSource(), OnThePage());

    static IEnumerable<string> InTheSource() => ((string[])["src/Waybill.Server", "src/Waybill.Books", "src/Waybill.RacketBook"])
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => Made().Matches(File.ReadAllText(file)))
        .Select(made => $"{made.Groups["status"].Value} {made.Groups["name"].Value}")
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    static IEnumerable<string> OnThePage() => Row()
        .Matches(File.ReadAllText(Repository.PathOf("docs/errors.md")))
        .Select(row => $"{row.Groups["status"].Value} {row.Groups["name"].Value}")
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>An error that is made: <c>new(422, "validation_error", …)</c>.</summary>
    [GeneratedRegex("new(?: ApiError| Problem| BookProblem| ScopeOutcome.Refused)?\\(\\s*(?<status>[45][0-9]{2}), \"(?<name>[a-z_]+)\"",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();

    [GeneratedRegex("^\\| (?<status>[45][0-9]{2}) \\| `(?<name>[a-z_]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
