using System.Text.RegularExpressions;
using System.Xml.Linq;
using Waybill.Testing;

namespace Waybill.Server.Specs.BadInput;

/// <summary>
/// Holds the sentences of faults complete: each code that a reader gives has one, and those of forms have one in each language.
/// </summary>
public sealed partial class The_texts_of_faults
{
    static readonly string[] Codes = [.. ((string[])["src/Waybill.Server/Api", "src/Waybill.Books/Reading"])
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => Given().Matches(File.ReadAllText(file))).Select(given => given.Groups["code"].Value)
        .Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Are_there_for_every_code_that_the_API_can_meet()
    {
        var texts = Of("Faults").Concat(Of("Api")).Select(text => text.Code).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Codes);
        Assert.Empty(Codes.Except([.. texts, .. TypedAlone], StringComparer.Ordinal));
    }

    [Fact]
    public void Take_the_same_arguments_in_both_languages() => Assert.Equal(Of("Faults").Select(Shape), Of("Faults.de").Select(Shape));

    [Fact]
    public void Are_spelt_as_in_Switzerland() => Assert.All(Of("Faults.de"), text => Assert.DoesNotContain('ß', text.Text));

    /// <summary>What only a reader of typed values says; the API of a book has texts of its own for it.</summary>
    static readonly string[] TypedAlone =
        ["number.odd", "number.range", "number.fine", "day.odd", "id.odd", "choice.odd", "field.unknown", "field.type", "page.both"];

    static string Shape((string Code, string Text) text) =>
        $"{text.Code}: {string.Join(' ', Argument().Matches(text.Text).Select(argument => argument.Value).Distinct().Order(StringComparer.Ordinal))}";

    static IEnumerable<(string Code, string Text)> Of(string name) =>
        XDocument.Load(Repository.PathOf($"src/Waybill.Server/Texts/{name}.resx"))
        .Descendants("data").Select(data => (data.Attribute("name")!.Value["fault.".Length..], data.Value))
        .OrderBy(text => text.Item1, StringComparer.Ordinal);

    /// <summary>A fault that is made: <c>Wrong("host", "relay.host")</c>, <c>new("", "body.object")</c>.</summary>
    [GeneratedRegex("(?:Wrong|Refuse<\\w+>|None<\\w+>|Nobody<[^(]+>|\\bnew)\\((?:fields|name|changed|field\\.Name|\"[a-z_.]*\"), (?:name, "
        + ")?\"(?<code>[a-z]+(?:\\.[a-z_-]+)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Given();

    [GeneratedRegex("\\{\\d", RegexOptions.None, 1000)]
    private static partial Regex Argument();
}
