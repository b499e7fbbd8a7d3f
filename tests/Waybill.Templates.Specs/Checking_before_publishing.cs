namespace Waybill.Templates.Specs;

public class Checking_before_publishing
{
    static TemplateSource File(string variables, string body, string locale = "en", string head = "subject: A") =>
        FrontMatter.Read("x", locale, $"---\n{head}\nvariables:\n{variables}\n---\n{body}").Source!;

    static IReadOnlyList<TemplateProblem> Check(params TemplateSource[] locales) =>
        TemplateChecks.Check(locales, [], Press.Brand);

    [Fact]
    public void Finds_nothing_where_nothing_is_wrong() =>
        Assert.Empty(
            Check(
                File(
                    "  name: text, required, sample Ann\n  items: list, sample [{\"n\": 1}]",
                    "Hello {{name}}\n\n{{#each items}}\n- {{n}}\n{{/each}}")));

    [Theory]
    [InlineData("  name: text, sample Ann", "Hello {{nmae}}", true,
        "nmae is used and not declared: add it to the variables, or did you mean name?")]
    [InlineData("  name: text, sample Ann", "Hello", false, "name is declared and never used")]
    [InlineData("  name: text", "Hello {{name}}", false, "name has no sample")]
    [InlineData("  items: list, sample [{\"n\": 1}]\n  items[].n: number", "{{#each items}}\n{{m}}\n{{/each}}", true,
        "items[].m is used and not declared")]
    [InlineData("  d: date, sample yesterday", "{{date d}}", true,
        "With the samples: d is not what the template declares: it must be a day")]
    [InlineData("  a: text, required\n  b: text, sample x", "{{a}} {{b}}", false, "a has no sample")]
    public void Tells_of_variables(string variables, string body, bool isFatal, string hint)
    {
        var found = Check(File(variables, body));

        Assert.Contains(found, problem => problem.IsFatal == isFatal && problem.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void Takes_a_fallback_where_the_data_has_nothing() =>
        Assert.Contains(
            "Hello there", Press.Render(File("  name: text, required, fallback there", "Hello {{name}}")).Text, StringComparison.Ordinal);

    [Fact]
    public void Tells_of_a_locale_that_is_missing()
    {
        var found = TemplateChecks.Check([File("  a: text, sample x", "{{a}}")], ["en", "de"], Press.Brand);

        Assert.Equal(("de", true), (found.Single().Locale, found.Single().IsFatal));
    }

    [Theory]
    [InlineData("Hallo {{a}}", "de lacks 1 text that en has")]
    [InlineData("Hallo\n\nSie da", "de does not say a")]
    [InlineData("Hallo {{a}}\n\nThis is the second one", "This is the same as in en")]
    public void Tells_of_texts_that_a_locale_lacks(string german, string hint)
    {
        var found = Check(File("  a: text, sample x", "Hello {{a}}\n\nThis is the second one"), File("  a: text, sample x", german, "de"));

        Assert.Contains(
            found, problem => problem is { Locale: "de", IsFatal: false } && problem.Message.Contains(hint, StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_of_a_preheader_that_a_locale_lacks() =>
        Assert.Contains(
            Check(File("  a: text, sample x", "{{a}}", head: "subject: A\npreheader: B"), File("  a: text, sample x", "{{a}}", "de")),
            problem => problem.Message.Contains("lacks the preheader", StringComparison.Ordinal));

    [Fact]
    public void Tells_of_html_that_Gmail_cuts_off() =>
        Assert.Contains(
            Check(Press.Html(string.Concat(Enumerable.Repeat($"<p>{new string('x', 100)}</p>\n", 1_000)))),
            problem => !problem.IsFatal && problem.Message.Contains("102 KB", StringComparison.Ordinal));

    [Fact]
    public void Tells_of_letters_that_are_hard_to_read()
    {
        var problem = Assert.Single(Check(Press.Html("<p>a</p>\n<p style=\"color:#999;background-color:#eee\">b</p>")));

        Assert.Equal(2, problem.Line);
        Assert.Contains("2.5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_of_an_own_text_part_that_says_less()
    {
        var problem =
            Assert.Single(
                Check(Press.Html("<p>Order 4711, <a href=\"https://a.example/x?a=1&amp;b=2\">here</a></p>") with { Text = "Your order" }));

        Assert.Contains("it lacks 4711, https://a.example/x?a=1&b=2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_of_undeclared_variables_in_html_that_declares_none_as_a_warning_only() =>
        Assert.All(Check(Press.Html("<p>{{name}}</p>")), problem => Assert.False(problem.IsFatal));
}
