using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Interventions;
using Waybill.Engine.Messages;
using Waybill.Screens.Texts;
using Waybill.Testing;

namespace Waybill.Server.Specs.Screens;

public sealed partial class The_texts_of_pages
{
    static readonly string[] Sources =
    [
        // A book speaks texts of its own.
        .. Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Screens"), "*.razor", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Server/Admin"), "*.razor", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Screens"), "*.cs", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Server/Admin"), "*.cs", SearchOption.AllDirectories),
    ];

    static readonly string[] InSources = [
        .. Sources.SelectMany(path => Quoted().Matches(File.ReadAllText(path))).Select(quoted => quoted.Groups["text"].Value).Distinct()];

    [Fact]
    public void Exist_in_both_languages() =>
        Assert.Equal(Wording.Of("en").Keys.Order(StringComparer.Ordinal), Wording.Of("de").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Take_the_same_arguments_in_both_languages() =>
        Assert.All(Wording.Of("en").Keys, key => Assert.Equal(ArgumentsOf("en", key), ArgumentsOf("de", key)));

    [Fact]
    public void Are_there_for_every_key_that_a_page_says() =>
        Assert.All(SaidOutright(), key => Assert.True(Wording.Of("en").Has(key) || Wording.Of("en").Has(key + ".one"), key));

    [Fact]
    public void Are_there_for_every_status() =>
        Assert.All(Enum.GetValues<MessageStatus>(), status => Assert.True(Wording.Of("de").Has("status." + status.Word())));

    [Fact]
    public void Are_there_for_every_act_that_the_audit_has() =>
        Assert.All(ActsDone(), act => Assert.True(Wording.Of("de").Has("act." + act), act));

    [Fact]
    public void Are_all_used() => Assert.All(Wording.Of("en").Keys, key => Assert.True(IsUsed(key), key));

    [Fact]
    public void Are_each_in_one_file_only()
    {
        var names = Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Screens/Texts"), "*.de.resx")
            .SelectMany(path => XDocument.Load(path).Descendants("data"))
            .Select(data => data.Attribute("name")!.Value)
            .ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Refuse_a_key_that_does_not_exist() => Assert.Throws<ArgumentException>(() => Wording.Of("en").Say("no.such.text"));

    /// <summary>
    /// A key stands in quotes, without <c>.one</c> and <c>.other</c>, or begins with an interpolated text: <c>$"status.{word}"</c>.
    /// </summary>
    static bool IsUsed(string key) =>
        InSources.Contains(key) || InSources.Contains(Plural().Replace(key, ""))
            || InSources.Any(text => text.Contains('{', StringComparison.Ordinal)
            && text.IndexOf('{', StringComparison.Ordinal) is > 0 and var end && key.StartsWith(text[..end], StringComparison.Ordinal)
            && text[..end].EndsWith('.'));

    /// <summary>Constants of classes of acts, decisions on messages, and what is noted outright.</summary>
    static IEnumerable<string> ActsDone() =>
        new[] { typeof(Acts).Assembly, typeof(Admin.AuditNotes).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Acts", StringComparison.Ordinal))
            .SelectMany(
                type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
                    .Select(field => (string)field.GetRawConstantValue()!))
            .Concat(Enum.GetValues<Intervention>().Select(intervention => "messages." + intervention.Word()))
            .Concat(Sources.SelectMany(path => Noted().Matches(File.ReadAllText(path))).Select(noted => noted.Groups["act"].Value))
            .Distinct();

    static IEnumerable<string> SaidOutright() =>
        Sources.SelectMany(path => Said().Matches(File.ReadAllText(path))).Select(said => said.Groups["key"].Value).Distinct();

    static string[] ArgumentsOf(string locale, string key) =>
        [.. Argument().Matches(Wording.Of(locale).Say(key)).Select(argument => argument.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("\"(?<text>[a-z][a-z0-9_-]*\\.[^\"\\s]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("\\b(T|Count|Say|SayCount)\\(\"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();

    [GeneratedRegex("\"(?<act>(relays|keys|streams|routes|templates|brands|suppressions|events|instance|tenants|settings|messages)\\.(create|change|remove|rename|revoke|reset|add|release|operator))\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noted();

    [GeneratedRegex("\\.(one|other)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plural();

    [GeneratedRegex("\\{\\d+\\}", RegexOptions.None, 1000)]
    private static partial Regex Argument();
}
