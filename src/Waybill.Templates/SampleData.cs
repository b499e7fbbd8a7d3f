using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Templates;

/// <summary>The data that previews and checks use, made of the variables' samples.</summary>
public static class SampleData
{
    /// <summary>
    /// An object that holds every sample at its place. The samples of items[].name and its kin make one item, where the list has no sample.
    /// </summary>
    public static JsonElement Of(IReadOnlyList<TemplateVariable> variables)
    {
        var root = new JsonObject();
        foreach (var variable in variables.OrderBy(variable => variable.Path.Length))
        {
            var value = variable.Sample is { } sample ? JsonNode.Parse(sample.GetRawText()) : StandIn(variable, variables);
            if (value is not null) Put(root, variable.Path.Split('.'), value);
        }

        return JsonSerializer.SerializeToElement(root, FrontMatterText.FrontMatterJson.Default.JsonObject);
    }

    /// <summary>
    /// What stands for a variable that a mail cannot do without and that nobody gave a sample: Resend's templates know none.
    /// </summary>
    static JsonNode? StandIn(TemplateVariable variable, IReadOnlyList<TemplateVariable> all) => variable switch
    {
        { IsRequired: false } or { Fallback: not null } => null,
        { Type: VariableType.Number } => 1,
        { Type: VariableType.Boolean } => true,
        { Type: VariableType.Date } => "2026-01-01",
        { Type: VariableType.Money } => new JsonObject { ["minor"] = 100, ["currency"] = "EUR" },
        { Type: VariableType.Url } => "https://example.com/",
        { Type: VariableType.List } =>
            all.Any(one => one.Path.StartsWith(variable.Path + "[]", StringComparison.Ordinal)) ? null : new JsonArray(),
        { Type: VariableType.Object } => new JsonObject(),
        _ => variable.Path.Split('.')[^1].Replace("[]", "", StringComparison.Ordinal),
    };

    static void Put(JsonObject into, ReadOnlySpan<string> steps, JsonNode? value)
    {
        var isItem = steps[0].EndsWith("[]", StringComparison.Ordinal);
        var name = isItem ? steps[0][..^2] : steps[0];
        if (steps.Length == 1)
        {
            if (isItem) into.TryAdd(name, new JsonArray(value));
            else into.TryAdd(name, value);
        }
        else if (isItem)
        {
            if (into[name] is not JsonArray items) into[name] = items = [new JsonObject()];
            foreach (var item in items)
            {
                if (item is JsonObject inside) Put(inside, steps[1..], value?.DeepClone());
            }
        }
        else
        {
            if (into[name] is not JsonObject inner) into[name] = inner = [];
            Put(inner, steps[1..], value);
        }
    }
}
