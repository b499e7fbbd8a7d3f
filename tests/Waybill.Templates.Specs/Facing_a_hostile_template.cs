using System.Globalization;
using System.Text;

namespace Waybill.Templates.Specs;

/// <summary>
/// Each ends in a problem with a line, in a refusal, or in harmless text: never in a crash, never late, never in much memory.
/// </summary>
public class Facing_a_hostile_template
{
    static string Many(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    public static TheoryData<string, string> Templates()
    {
        string each = Many("{{#each l}}", 30), end = Many("{{/each}}", 30);
        var all = new TheoryData<string, string>();
        void Add(string name, string body) => all.Add(name, body);
        Add(
            "20,000 variables",
            string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{{{v{i}}}}} "))));
        Add("20,000 nested ifs", Many("{{#if a}}", 20_000) + Many("{{/if}}", 9_000));
        Add("20,000 nested ifs on lines", Many("{{#if a}}\n", 20_000));
        Add("20,000 closings", Many("{{/if}}", 20_000));
        Add("loops in loops", each + "x" + end);
        Add(
            "loops in loops on lines",
            each.Replace("}}", "}}\n", StringComparison.Ordinal) + "x\n" + end.Replace("}}", "}}\n", StringComparison.Ordinal));
        Add("quotations", Many(">", 100_000) + " x");
        Add("quotations with blanks", Many("> ", 100_000) + "x");
        Add("lists", Many("- ", 100_000) + "x");
        Add("numbers", Many("1. ", 60_000) + "x");
        Add("stairs", string.Concat(Enumerable.Range(0, 700).Select(i => new string(' ', i) + "- x\n")));
        Add("stairs of quotations", string.Concat(Enumerable.Range(0, 500).Select(i => new string('>', i) + " x\n")));
        Add("brackets", Many("[", 200_000));
        Add("brackets closed", Many("[", 100_000) + Many("]", 100_000));
        Add("pictures", Many("![", 100_000));
        Add("brackets with links", Many("[a](", 60_000));
        Add("brackets with angles", Many("[a](<b", 40_000));
        Add("stars", Many("*a ", 80_000));
        Add("stars and underscores", Many("*a _b ", 40_000));
        Add("stars in a row", Many("*", 200_000));
        Add("bold", Many("**x", 60_000) + Many("x**", 20_000));
        Add("backticks", string.Concat(Enumerable.Range(1, 600).Select(i => new string('`', i) + " ")));
        Add("angles", Many("<", 200_000));
        Add("autolinks", Many("<http://a.example/", 14_000));
        Add("declarations", Many("<!A ", 60_000));
        Add("entities", Many("&amp", 60_000));
        Add("links", Many("www.", 60_000));
        Add("addresses", Many("a@", 100_000));
        Add("schemes", Many("https://", 30_000));
        Add("a wide table", Many("|a", 60_000) + "\n" + Many("|-", 60_000));
        Add("a long table", "|a|b|\n|-|-|\n" + Many("|1|2|\n", 40_000));
        Add("many tables", Many("|a|b|\n|-|-|\n|1|2|\n\n", 10_000));
        Add("many paragraphs", Many("a\n\n", 80_000));
        Add("many headings", Many("# a\n", 60_000));
        Add("many lists", Many("- a\n\n", 50_000));
        Add(
            "references",
            string.Concat(
                Enumerable.Range(0, 9_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"[a{i}]: https://a.example/\n")))
                    + Many("[a1]",
                5_000));
        Add("fences", Many("```\n", 60_000));
        Add("one long word", Many("x", 256 * 1024));
        Add("one long line of words", Many("x ", 128 * 1024));
        Add("blanks", Many(" ", 250_000) + "{{#if a}}" + Many(" ", 5_000));
        Add("line ends", Many("\n", 256 * 1024));
        Add("tags after blanks", Many("  {{a}}", 30_000));
        Add("comments", Many("{{!x}}", 40_000));
        Add("escapes", Many("\\{{", 80_000));
        Add("backslashes", Many("\\", 250_000) + "{{a}}");
        Add("strings", "{{default " + Many("\"", 200_000));
        Add("parents", "{{" + Many("../", 80_000) + "a}}");
        Add("steps", "{{" + Many("a.", 120_000) + "a}}");
        Add("arguments", "{{default " + Many("a ", 120_000) + "}}");
        Add("calls in calls", "{{default " + Many("(default ", 25_000));
        Add("parameters", "{{> button " + Many("a=b ", 60_000) + "}}");
        Add("elses", "{{#if a}}" + Many("{{else if b}}", 18_000) + "{{/if}}");
        Add("parts", Many("{{> signature}}\n", 16_000));
        Add("notices in notices", Many("{{#> notice}}\n", 5_000));
        Add("facts", "{{#> facts}}\n" + Many("a: b\n", 50_000) + "{{/facts}}");
        Add("too long", Many("x\n\n", 100_000));
        Add("a bomb of partials", "{{> b0}}");
        Add("a circle of partials", "{{> c1}}");
        Add("a ladder of partials", "{{> l0}}");
        Add("nothing but braces that open", "{{");
        Add("three braces that open", "x {{{");
        Add("code without a line", "```");
        Add("nested loops in a text that stays open", Many("{{#each l}}", 4_000));
        Add("buttons", Many("{{> button label=a url=a}}", 4_900));
        Add("calls", Many("{{default a (date a)}}", 9_000));
        Add("control characters", string.Concat(Enumerable.Range(1, 31).Select(code => (char)code)));
        Add("halves of characters", "a \ud83d b \ude00 {{a}} \ud83d");
        Add("characters of the upper planes", Many("😀𝔘", 30_000));
        Add("from right to left", "\u202e{{a}} שלום");
        return all;
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Ends_in_a_problem_with_a_line_or_in_text_within_the_limits_as_Markdown(string name, string body) =>
        Endure(name, Press.Markdown(body));

    [Theory]
    [MemberData(nameof(Templates))]
    public void Ends_in_a_problem_with_a_line_or_in_text_within_the_limits_as_html(string name, string body) =>
        Endure(name, Press.Html(body));

    [Theory]
    [MemberData(nameof(Templates))]
    public void Ends_in_a_problem_with_a_line_or_in_text_within_the_limits_as_a_text_part(string name, string body) =>
        Endure(name, Press.Html("x") with { Text = body });

    [Theory]
    [InlineData("<div>", 50_000)]
    [InlineData("<table><tr><td>", 15_000)]
    [InlineData("<p a=\"b\" ", 25_000)]
    [InlineData("<!--", 60_000)]
    [InlineData("</p", 80_000)]
    [InlineData("<a href=\"https://a.example\">", 8_000)]
    [InlineData("<ul><li>", 30_000)]
    [InlineData("<style>", 30_000)]
    [InlineData("<b style=\"/*\">", 15_000)]
    [InlineData("<b style=\"/**/\">", 15_000)]
    [InlineData("&#x41;", 40_000)]
    [InlineData("<br>", 60_000)]
    public void Endures_html_of_one_thing_many_times(string piece, int count) => Endure(piece, Press.Html(Many(piece, count)));

    [Theory, InlineData("en-US"), InlineData("de-DE")]
    public async Task Endures_much_data_and_says_so_in_the_same_words_on_every_machine(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture); // of this call alone
        var items = string.Join(',', Enumerable.Range(0, 90_000).Select(i => "{\"n\": 1e308}"));
        var refused =
            await Task.Run(
                () => Press.RefusalOf(Press.Markdown("{{#each l}}\n- {{n}} and {{../l.length}}\n{{/each}}"), $$"""{"l": [{{items}}]}"""));

        Assert.Contains("100,000 steps", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endures_huge_values() =>
        Assert.Contains(
            "longer than 1 MiB", Press.RefusalOf(Press.Markdown(Many("{{x}} ", 200)), $$"""{"x": "{{new string('<', 10_000)}}"}""").Message,
            StringComparison.Ordinal);

    [Fact]
    public void Endures_a_huge_object_searched_often()
    {
        var properties = string.Join(
            ',', Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"p{i}\": {i}")));
        Assert.Contains(
            "steps", Press.RefusalOf(Press.Html(Many("{{nobody}}{{p0}} ", 2_000)), $$"""{{{properties}}}""").Message,
            StringComparison.Ordinal);
    }

    static readonly Dictionary<string, string> Partials = MakePartials();

    static Dictionary<string, string> MakePartials()
    {
        var made = new Dictionary<string, string> { ["c1"] = "{{> c2}}", ["c2"] = "{{> c3}} {{> c1}}", ["c3"] = "x" };
        for (var i = 0; i < 8; i++) made[$"b{i}"] = Many($"{{{{> b{i + 1}}}}}\n", 20);
        made["b8"] = Many("{{!x}}", 1_000);
        for (var i = 0; i < 2_000; i++) made[$"l{i}"] = $"{{{{> l{i + 1}}}}}";
        return made;
    }

    static void Endure(string name, TemplateSource source) => Endurance.Of(name, source with { Partials = Partials });
}
