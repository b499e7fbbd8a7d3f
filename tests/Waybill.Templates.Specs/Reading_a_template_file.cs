namespace Waybill.Templates.Specs;

public class Reading_a_template_file
{
    const string File = """
        ---
        subject: "Your receipt: {{number}}"
        preheader: 'It''s paid'
        # a note
        variables:
          number: text, required, sample 0042
          customer.name: {type: text, required: true, sample: "Ann, \"the\" one"}
          total: {type: money, required: true, sample: {"minor": 4500, "currency": "CHF"}}
          items:
            type: list
            required: true
            sample: [
              {"name": "a"},
              {"name": "b"}]
          code: text, secret, expires 15m
          nick: text, fallback there
          items[].price: money
        ---
        Hello {{customer.name}}

        {{/if}}
        """;

    static TemplateSource Source() => FrontMatter.Read("receipt", "en", File).Source!;

    [Fact]
    public void Takes_subject_preheader_and_body()
    {
        var source = Source();

        Assert.Equal(("Your receipt: {{number}}", "It's paid", 19), (source.Subject, source.Preheader, source.BodyLine));
        Assert.StartsWith("Hello", source.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("number", VariableType.Text, true, "\"0042\"")]
    [InlineData("customer.name", VariableType.Text, true, "\"Ann, \\\"the\\\" one\"")]
    [InlineData("total", VariableType.Money, true, "{\"minor\": 4500, \"currency\": \"CHF\"}")]
    [InlineData("items", VariableType.List, true, "[\n{\"name\": \"a\"},\n{\"name\": \"b\"}]")]
    [InlineData("items[].price", VariableType.Money, false, null)]
    public void Takes_a_variable_in_each_of_its_three_forms(string path, VariableType type, bool isRequired, string? sample)
    {
        var variable = Source().Variables.Single(variable => variable.Path == path);

        Assert.Equal((type, isRequired, sample), (variable.Type, variable.IsRequired, variable.Sample?.GetRawText()));
    }

    [Fact]
    public void Takes_what_a_secret_and_a_fallback_are()
    {
        var variables = Source().Variables;

        Assert.Equal(
            [TimeSpan.FromMinutes(15)], variables.Where(variable => variable.IsSecret).Select(variable => variable.Lifetime!.Value));
        Assert.Equal("there", variables.Single(variable => variable.Path == "nick").Fallback!.Value.GetString());
    }

    [Fact]
    public void Counts_the_lines_of_the_file_in_problems_of_the_body() => Assert.Equal(21, Press.Refusals(Source())[0].Line);

    [Theory]
    [InlineData("Hello", 1, "begins with a line ---")]
    [InlineData("---\nsubject: a\n", 1, "begins with a line ---")]
    [InlineData("---\npreheader: a\n---\n", 1, "subject is missing")]
    [InlineData("---\nsubject: a\ntopic: b\n---\n", 3, "no key topic")]
    [InlineData("---\nsubject: a\nsubject: b\n---\n", 3, "given twice")]
    [InlineData("---\nsubject:\n---\n", 2, "empty")]
    [InlineData("---\nsubject a\n---\n", 2, "a colon and a blank")]
    [InlineData("---\nsubject: a\nvariables:\n  a: txt\n---\n", 4, "There is no txt")]
    [InlineData("---\nsubject: a\nvariables:\n  a: {type: txt}\n---\n", 4, "no type txt")]
    [InlineData("---\nsubject: a\nvariables:\n  a: text, required maybe\n---\n", 4, "true or false")]
    [InlineData("---\nsubject: a\nvariables:\n  a: text, secret, expires soon\n---\n", 4, "15m, 12h or 7d")]
    [InlineData("---\nsubject: a\nvariables:\n  a: text, expires 7d\n---\n", 4, "is no secret")]
    [InlineData("---\nsubject: a\nvariables:\n  a: text\n  a: text\n---\n", 5, "declared twice")]
    [InlineData("---\nsubject: a\nvariables:\n  a: text\n b: text\n---\n", 5, "not indented")]
    [InlineData("---\nsubject: a\nvariables:\n  a b: text\n---\n", 4, "no path")]
    public void Says_what_is_wrong_and_where(string file, int line, string hint)
    {
        var (source, problems) = FrontMatter.Read("x", "de", file);

        Assert.Null(source);
        Assert.Equal((line, "de"), (problems[0].Line, problems[0].Locale));
        Assert.Contains(hint, problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("items: list, sample [{\"m\": 2}, {\"m\": 3}]", "items[].n.x: number, sample 1",
        """{"items":[{"m":2,"n":{"x":1}},{"m":3,"n":{"x":1}}]}""")]
    [InlineData("items[].a: number, sample 1", "items[].b: text, sample 2", """{"items":[{"a":1,"b":"2"}]}""")]
    [InlineData("total.minor: number, sample 1", "list[]: text, sample a", """{"list":["a"],"total":{"minor":1}}""")]
    [InlineData("a: object, sample {\"b\": 1}", "a.b: number, sample 2", """{"a":{"b":1}}""")]
    public void Makes_sample_data_of_the_samples(string first, string second, string data)
    {
        var source = FrontMatter.Read("x", "en", $"---\nsubject: a\nvariables:\n  {first}\n  {second}\n---\n").Source!;

        Assert.Equal(data, SampleData.Of(source.Variables).GetRawText());
    }
}
