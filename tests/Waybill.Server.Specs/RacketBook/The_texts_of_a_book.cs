using System.Text.RegularExpressions;
using Waybill.Books.Reading;
using Waybill.RacketBook;
using Waybill.Screens.Texts;
using Waybill.Testing;

namespace Waybill.Server.Specs.RacketBook;

public sealed partial class The_texts_of_a_book
{
    static readonly Wording English = Wording.Read("en", typeof(FieldFault).Assembly, typeof(RacketBookBook).Assembly);
    static readonly Wording German = Wording.Read("de", typeof(FieldFault).Assembly, typeof(RacketBookBook).Assembly);

    static readonly string Sources =
        string.Concat(Directory.EnumerateFiles(Repository.PathOf("src/Waybill.RacketBook"), "*.*", SearchOption.AllDirectories)
        .Where(path => path.EndsWith(".razor", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal))
        .Select(File.ReadAllText));

    [Fact]
    public void Exist_in_both_languages() =>
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), German.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Take_the_same_arguments_in_both_languages() =>
        Assert.All(English.Keys, key => Assert.Equal(Arguments(English.Say(key)), Arguments(German.Say(key))));

    [Fact]
    public void Are_spelt_as_in_Switzerland() =>
        Assert.All(German.Keys, key => Assert.DoesNotContain("ß", German.Say(key), StringComparison.Ordinal));

    [Fact]
    public void Are_there_for_every_key_that_a_page_says() =>
        Assert.All(
            Said().Matches(Sources).Select(said => said.Groups["key"].Value)
                .Where(key => key.Contains('.', StringComparison.Ordinal) && !key.EndsWith('.')),
                    key => Assert.True(English.Has(key) || English.Has(key + ".one"), key));

    static string[] Arguments(string text) =>
        [.. Argument().Matches(text).Select(argument => argument.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("\\b(T|Count|Say)\\(\"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();

    [GeneratedRegex("\\{\\d+\\}", RegexOptions.None, 1000)]
    private static partial Regex Argument();
}
