namespace Waybill.Templates.Specs;

public class Telling_what_is_wrong_with_a_template
{
    [Theory]
    [InlineData("a\nb {{name", 2, 3, "never closed")]
    [InlineData("{{#if a}}x", 1, 1, "write {{/if}}")]
    [InlineData("x{{/if}}", 1, 2, "closes nothing")]
    [InlineData("{{#if a}}\n\nx\n\n{{/each}}", 5, 1, "write {{/if}}")]
    [InlineData("{{else}}", 1, 1, "stands in no block")]
    [InlineData("{{}}", 1, 1, "empty")]
    [InlineData("{{a b}}", 1, 3, "no helper called a")]
    [InlineData("{{upper name}}", 1, 3, "date, money and default")]
    [InlineData("{{#for x}}{{/for}}", 1, 1, "no block called for")]
    [InlineData("{{> nobody}}", 1, 1, "no partial called nobody")]
    [InlineData("{{^if a}}{{/if}}", 1, 1, "{{else}}")]
    [InlineData("{{~a}}", 1, 1, "a line of its own")]
    [InlineData("{{../a}}", 1, 3, "leads out of the template")]
    [InlineData("{{date d format=\"purple\"}}", 1, 3, "There is no format purple")]
    [InlineData("{{default a}}", 1, 3, "two values")]
    [InlineData("{{@nobody}}", 1, 3, "There is no @nobody")]
    [InlineData("{{a.}}", 1, 5, "a name is missing")]
    [InlineData("{{(date a}}", 1, 3, "never closed")]
    [InlineData("{{\"a}}", 1, 1, "never closed")]
    [InlineData("one {{#if a}}two\n\nthree{{/if}}", 1, 5, "begins inside a paragraph")]
    [InlineData("- a {{#if x}}b\n- c{{/if}}", 1, 5, "begins inside a paragraph")]
    [InlineData("> {{#if x}}\n\ntext\n\n{{/if}}", 1, 3, "begins inside a quotation")]
    [InlineData("see [this](shop/page)", 1, 5, "relative")]
    [InlineData("see [this](javascript:alert(1))", 1, 5, "must not")]
    [InlineData("{{name}} ![x](data:image/png;base64,AA)", 1, 10, "must not")]
    [InlineData("see [this](javascript:{{x}})", 1, 5, "must not")]
    [InlineData("see [this]({{#if a}}https://x.example{{/if}})", 1, 12, "round the whole link")]
    [InlineData("{{> button label=\"x\"}}", 1, 1, "needs url")]
    [InlineData("{{> button label=\"x\" url=\"/home\"}}", 1, 1, "relative")]
    [InlineData("{{> button label=\"x\" url=u colour=\"red\"}}", 1, 1, "knows no colour")]
    [InlineData("text {{> button label=\"x\" url=u}}", 1, 6, "on a line of its own")]
    [InlineData("{{> rows of=items cells=\"a\"}}", 1, 1, "in a pipe table")]
    [InlineData("{{#> facts}}\nno colon\n{{/facts}}", 2, 1, "a colon")]
    [InlineData("a \ufdd3 b", 1, 3, "U+FDD3")]
    public void Says_where_and_how_to_mend_it(string body, int line, int column, string hint)
    {
        var problem = Press.Refusals(Press.Markdown(body))[0];

        Assert.Equal((line, column, "en"), (problem.Line, problem.Column, problem.Locale));
        Assert.Contains(hint, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_all_of_them_at_once() =>
        Assert.Equal([1, 3, 5], Press.Refusals(Press.Markdown("{{}}\n\n{{a b}}\n\n{{/if}}")).Select(problem => problem.Line));

    [Fact]
    public void Counts_lines_from_where_the_body_starts_in_its_file() =>
        Assert.Equal(12, Press.Refusals(Press.Markdown("a\n\n{{/if}}") with { BodyLine = 10 })[0].Line);

    [Fact]
    public void Names_the_place_in_a_partial_and_the_place_where_it_is_used()
    {
        var problem = Press.Refusals(Press.Markdown("a\n\n{{> p}}"), ("p", "b\n{{/if}}"))[0];

        Assert.Equal((3, 1), (problem.Line, problem.Column));
        Assert.StartsWith("In the partial p, line 2, column 1:", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_circle_of_partials_that_use_each_other() =>
        Assert.Contains(
            "a → b → a",
            Press.Refusals(Press.Markdown("{{> a}}"), ("a", "{{> b}}"), ("b", "{{> a}}"))[0].Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Hello {{customer}}", """{"customer": {"name": "x"}}""", 1, 7, "is a list or an object")]
    [InlineData("{{date d}}", """{"d": "yesterday"}""", 1, 3, "a date is")]
    [InlineData("{{money m}}", """{"m": {"minor": 1.5, "currency": "EUR"}}""", 1, 3, "an amount is")]
    [InlineData("{{money m}}", """{"m": {"minor": 15, "currency": "euro"}}""", 1, 3, "an amount is")]
    public void Refuses_data_that_cannot_be_shown(string body, string data, int line, int column, string hint)
    {
        var refused = Press.RefusalOf(Press.Markdown(body), data);

        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.Contains(hint, refused.Message, StringComparison.Ordinal);
    }
}
