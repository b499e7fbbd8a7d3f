namespace Waybill.Templates.Specs;

public class Laying_out_plain_text
{
    const string Around = "Court Side Strings\nStringing since 1998\n\n";
    const string After =
        "\n\n------------------------\n\nQuestions? Write to help@strings.example · https://strings.example/help\n\nCourt Side "
            + "Strings\nMain Street 1, 8000 Zürich\n";

    static string Body(string markdown, string data = "{}")
    {
        var text = Press.Render(Press.Markdown(markdown), data).Text;
        Assert.StartsWith(Around, text, StringComparison.Ordinal);
        Assert.EndsWith(After, text, StringComparison.Ordinal);
        return text[Around.Length..^After.Length];
    }

    [Theory]
    [InlineData("# Title\n\nText", "Title\n=====\n\nText")]
    [InlineData("a\nb  \nc", "a b\nc")]
    [InlineData("- a\n- b\n  - c\n- d", "- a\n- b\n\n  - c\n\n- d")]
    [InlineData("9. a\n10. b", "9. a\n10. b")]
    [InlineData("> a\n>\n> b", "> a\n>\n> b")]
    [InlineData("see [our shop](https://a.example/x) now", "see our shop <https://a.example/x> now")]
    [InlineData("see https://a.example/x now", "see https://a.example/x now")]
    [InlineData("[ann@example.org](mailto:ann@example.org)", "ann@example.org")]
    [InlineData("[Ann](mailto:ann@example.org)", "Ann <ann@example.org>")]
    [InlineData("[{{u}}]({{u}})", "https://a.example/")]
    [InlineData("[bad](javascript{{u}})", null)]
    [InlineData("{{> button label=\"Pay now\" url=u}}", "Pay now: https://a.example/")]
    [InlineData("{{#> facts}}\nNo: 7\n{{#if u}}\nLong label: {{u}}\n{{/if}}\n{{/facts}}", "No          7\nLong label  https://a.example/")]
    [InlineData("| a | bb |\n|---|---:|\n| ccc | 1 |\n{{> rows of=l cells=\"x, y\"}}", "a    bb\n---  --\nccc   1\n1     2\n3    44")]
    [InlineData("```\n  a  b\n{{#if u}}\n  c\n{{/if}}\n```", "      a  b\n      c")]
    [InlineData("{{#> notice}}\nCareful\n{{/notice}}", "| Careful")]
    [InlineData("{{> code value=u}}", "    https://a.example/")]
    [InlineData("{{> signature name=\"Ann\"}}", "Kind regards\nAnn")]
    [InlineData("{{> text value=t}}", "one\ntwo")]
    [InlineData("a **b** *c* `d` &amp; \\*", "a *b* c d & *")]
    [InlineData("{{#if no}}\na\n{{else}}\nb\n{{/if}}\n\nc", "b\n\nc")]
    [InlineData("{{#each l}}\n1. {{y}}\n{{/each}}", "1. 2\n2. 44")]
    [InlineData("![Our shop](https://a.example/x.png)", "Our shop")]
    public void Says_the_same_as_the_html(string markdown, string? text)
    {
        const string data = """{"u": "https://a.example/", "l": [{"x": 1, "y": 2}, {"x": 3, "y": 44}], "t": "one\r\ntwo"}""";
        if (text is null) _ = Press.Refusals(Press.Markdown(markdown));
        else Assert.Equal(text, Body(markdown, data));
    }

    [Fact]
    public void Wraps_at_76_columns_and_leaves_a_long_word_whole()
    {
        var url = "https://a.example/" + new string('x', 90);
        var lines = Body($"{string.Join(' ', Enumerable.Repeat("word", 60))} {url} word").Split('\n');

        Assert.Equal(76, lines.Where(line => line != url).Max(line => line.Length) + 2);
        Assert.Contains(url, lines);
    }

    [Fact]
    public void Writes_a_table_that_is_too_wide_as_lines() =>
        Assert.Equal(
            $"- a: {new string('x', 50)}\n  b: {new string('y', 50)}",
            Body($"| a | b |\n|---|---|\n| {new string('x', 50)} | {new string('y', 50)} |"));

    [Fact]
    public void Is_derived_from_html_that_brings_none() =>
        Assert.Equal(
            "Hello Ann & you\n===============\n\nPay here <https://a.example/7>\n\n- one\n- two\n\nBye\n",
            Press.Render(
                Press.Html(
                    "<head><title>x</title></head><div style='display:none'>hidden {{n}}</div><h1>Hello {{n}} &amp; you</h1><p>Pay <a "
                        + "href='https://a.example/{{id}}'>here</a></p><ul>{{#each l}}<li>{{this}}</li>{{/each}}</ul>Bye"),
                """{"n": "Ann", "id": 7, "l": ["one", "two"]}""").Text);

    [Fact]
    public void Is_the_authors_own_where_there_is_one() =>
        Assert.Equal(
            "  Hi Ann\n\n\n  bye", Press.Render(Press.Markdown("x") with { Text = "  Hi {{n}}\n\n\n  bye" }, """{"n": "Ann"}""").Text);
}
