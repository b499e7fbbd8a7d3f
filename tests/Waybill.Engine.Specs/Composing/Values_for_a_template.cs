using System.Text.Json;
using Waybill.Engine.Composing;
using Waybill.Engine.Templates;
using Xunit;

namespace Waybill.Engine.Specs.Composing;

public class Values_for_a_template
{
    [Fact]
    public void A_missing_one_that_is_required_is_named() =>
        Assert.Contains("`client.name` is missing", Problem(new("client.name", VariableType.Text, IsRequired: true), "{}"), StringComparison.Ordinal);

    [Fact]
    public void A_missing_one_that_is_not_required_is_fine() =>
        Assert.Null(Problem(new("name", VariableType.Text, IsRequired: false), "{}"));

    [Fact]
    public void A_fallback_stands_in_for_a_missing_one_at_its_place()
    {
        var variable = new TemplateVariable("client.name", VariableType.Text, IsRequired: true) { Fallback = Json("\"friend\"") };
        var (values, problem) = TemplateData.Check([variable], Json("""{"client":{"id":1}}"""));

        Assert.Null(problem);
        Assert.Equal("""{"client":{"id":1,"name":"friend"}}""", values.GetRawText());
    }

    [Fact]
    public void Null_counts_as_missing() =>
        Assert.NotNull(Problem(new("name", VariableType.Text, IsRequired: true), """{"name":null}"""));

    [Theory]
    [InlineData(VariableType.Text, "\"x\"", "{}")]
    [InlineData(VariableType.Text, "1", "true")]
    [InlineData(VariableType.Number, "1.5", "\"1.5\"")]
    [InlineData(VariableType.Boolean, "false", "\"false\"")]
    [InlineData(VariableType.Date, "\"2026-11-21\"", "\"yesterday\"")]
    [InlineData(VariableType.Date, "\"2026-11-21T09:30:00Z\"", "20261121")]
    [InlineData(VariableType.Money, "{\"minor\":4500,\"currency\":\"CHF\"}", "45.00")]
    [InlineData(VariableType.Money, "{\"minor\":0,\"currency\":\"SAT\"}", "{\"minor\":0.5,\"currency\":\"SAT\"}")]
    [InlineData(VariableType.Url, "\"https://example.org/\"", "1")]
    [InlineData(VariableType.List, "[]", "{}")]
    [InlineData(VariableType.Object, "{}", "[]")]
    public void Each_type_takes_what_it_is_and_names_what_it_is_not(VariableType type, string right, string wrong)
    {
        var variable = new TemplateVariable("value", type, IsRequired: true);

        Assert.Null(Problem(variable, $$"""{"value":{{right}}}"""));
        Assert.Contains("`value` must be", Problem(variable, $$"""{"value":{{wrong}}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_an_object() => Assert.Contains("JSON object", Problem(new("a", VariableType.Text, IsRequired: false), "[]"), StringComparison.Ordinal);

    static string? Problem(TemplateVariable variable, string values) => TemplateData.Check([variable], Json(values)).Problem;

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
