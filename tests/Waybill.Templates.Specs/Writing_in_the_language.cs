namespace Waybill.Templates.Specs;

public class Writing_in_the_language
{
    const string Data = """
        {"name": "Ann", "none": null, "zero": 0, "no": false, "empty": "", "list": ["a", "b", "c"], "nothing": [], "price": 1.50, "huge": 1e308,
        "order": {"id": 7, "items": [{"n": 1, "tags": ["x", "y"]}, {"n": 2, "tags": []}]}, "odd key": "k"}
        """;

    [Theory]
    [InlineData("Hello {{name}}!", "Hello Ann!")]
    [InlineData("{{{name}}}", "Ann")]
    [InlineData("{{order.id}} {{order.items.0.n}} {{order.items.[1].n}} {{list.length}}", "7 1 2 3")]
    [InlineData("{{[odd key]}} {{this.name}} {{./name}}", "k Ann Ann")]
    [InlineData("[{{missing}}{{none}}{{missing.deeper}}{{name.first}}]", "[]")]
    [InlineData("{{price}} {{huge}} {{zero}} {{no}}", "1.50 1e308 0 false")]
    [InlineData("{{#if name}}y{{else}}n{{/if}}{{#if zero}}y{{else}}n{{/if}}{{#if nothing}}y{{else}}n{{/if}}{{#if empty}}y{{else}}n{{/if}}",
        "ynnn")]
    [InlineData("{{#if no}}1{{else if none}}2{{else if name}}3{{else}}4{{/if}}", "3")]
    [InlineData("{{#unless no}}y{{else}}n{{/unless}}", "y")]
    [InlineData("{{#each list}}{{@index}}{{this}}{{#unless @last}},{{/unless}}{{/each}}", "0a,1b,2c")]
    [InlineData("{{#each list}}{{#if @first}}<{{/if}}{{.}}{{/each}}", "<abc")]
    [InlineData("{{#each nothing}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#each order.items}}{{n}}:{{#each tags}}{{../n}}{{this}}{{../../name}};{{/each}}{{/each}}", "1:1xAnn;1yAnn;2:")]
    [InlineData("{{#with order}}{{id}}{{../name}}{{/with}}{{#with none}}x{{else}}y{{/with}}", "7Anny")]
    [InlineData("{{#each list}}{{default ../none .}}{{default ../name this}}{{/each}}", "aAnnbAnncAnn")]
    [InlineData("{{default missing empty name}}{{default missing \"there\"}}", "Annthere")]
    [InlineData("{{! a comment }}{{!-- with {{braces}} --}}x", "x")]
    [InlineData(@"\{{name}} \\{{name}}", @"{{name}} \Ann")]
    [InlineData("a\n{{#if name}}\nb\n{{/if}}\nc", "a\nb\nc")]
    [InlineData("{{date \"2026-11-22\"}} {{money 1234 currency=\"EUR\"}}", "22 November 2026 EUR\u00a012.34")]
    public void Means_what_Handlebars_means(string template, string text) => Assert.Equal(text, Press.Language(template, Data));

    [Fact]
    public void Puts_partials_in_with_parameters_in_front_of_the_data() =>
        Assert.Equal("Hello Bob, Ann 1 Hello z, Ann 2", Press.Language(
            "{{> greet who=\"Bob\"}} 1 {{> greet who=deep.name}} 2", """{"name": "Ann", "deep": {"name": "z"}}""",
            ("greet", "Hello {{who}}, {{name}}")));

    [Fact]
    public void Gives_a_partial_another_context() =>
        Assert.Equal("7", Press.Language("{{> show order}}", Data, ("show", "{{id}}")));

    [Fact]
    public void Names_the_places_in_the_data_that_it_reads() =>
        Assert.Equal(
            ["code", "list", "order", "order.items", "order.items[].n", "order.items[].tags", "order.items[].tags[]", "who"],
            Press.Compile(
                Press.Markdown(
                    "{{#each list}}{{@index}}{{/each}}{{#with order}}{{#each items}}{{n}}{{#each "
                        + "tags}}{{this}}{{../../../who}}{{/each}}{{/each}}{{/with}}{{> p x=code}}"),
                ("p", "{{x}}")).UsedPaths);
}
