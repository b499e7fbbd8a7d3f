using System.Globalization;
using System.Text;
using System.Text.Json;
using HandlebarsDotNet;

namespace Waybill.Templates.Specs;

/// <summary>
/// Handlebars.Net judges the subset: what is made up here means the same to both. docs/templates.md names what is not the same.
/// </summary>
public class Rendering_beside_Handlebars
{
    static readonly string[] Names = ["a", "b", "c", "list", "thing", "missing"];

    [Fact]
    public void Gives_the_same_text_for_four_hundred_made_up_templates()
    {
        var judge = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        judge.RegisterTemplate("part", "<{{a}}{{extra}}>");
        for (var seed = 0; seed < 400; seed++)
        {
            var chance = new Random(seed);
            var (template, data) = (Template(chance, 4), Data(chance, 3));
            var expected = judge.Compile(template)(Plain(JsonElement.Parse(data)));
            Assert.Equal(
                $"{seed}: {template} with {data}: {expected}",
                $"{seed}: {template} with {data}: {Press.Language(template, data, ("part", "<{{a}}{{extra}}>"))}");
        }
    }

    static string Template(Random chance, int depth)
    {
        var made = new StringBuilder();
        for (var i = chance.Next(1, 4); i > 0; i--)
        {
            _ = made.Append(chance.Next(depth == 0 ? 3 : 9) switch
            {
                0 => $"text{(chance.Next(2) == 0 ? "\n" : " ")}",
                1 => $"{{{{{Leaf(chance)}}}}}",
                2 => $"{{{{! comment }}}}{{{{{{{Leaf(chance)}}}}}}}",
                3 => $"{{{{#if {Name(chance)}}}}}{Template(chance, depth - 1)}{{{{else}}}}{Template(chance, depth - 1)}{{{{/if}}}}",
                4 => $"{{{{#unless {Name(chance)}}}}}{Template(chance, depth - 1)}{{{{/unless}}}}",
                5 =>
                    $"{{{{#each list}}}}{{{{@index}}}}{(chance.Next(2) == 0 ? "{{#if @first}}f{{/if}}{{#if @last}}l{{/if}}" : "")}{Template(chance, depth - 1)}{{{{else}}}}none{{{{/each}}}}",
                6 => $"{{{{#with thing}}}}{Template(chance, depth - 1)}{{{{../a.b}}}}{{{{/with}}}}",
                7 => $"\n{{{{#if {Name(chance)}}}}}\n  line\n{{{{/if}}}}\n",
                _ => $"p{{{{> part extra=\"e\"}}}}",
            });
        }

        return made.ToString();
    }

    static string Name(Random chance) => Names[chance.Next(Names.Length)];

    /// <summary>A path to what is text or missing: objects are printed by Handlebars and refused by us.</summary>
    static string Leaf(Random chance) => chance.Next(4) switch { 0 => "thing.a", 1 => "this.b", 2 => "missing.x", _ => "a" };

    static string Data(Random chance, int depth)
    {
        var thing = depth == 0 || chance.Next(3) == 0 ? "null" : Data(chance, depth - 1);
        var list = string.Join(',', Enumerable.Range(0, depth == 0 ? 0 : chance.Next(4)).Select(_ => Data(chance, depth - 1)));
        return $$"""{"a": "{{(char)('p' + chance.Next(5))}}", "b": {{chance.Next(3)}}, "c": {{(chance.Next(2) == 0 ? "true" : "\"\"")}}, "list": [{{list}}], "thing": {{thing}}}""";
    }

    static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(property => property.Name, property => Plain(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetInt64().ToString(CultureInfo.InvariantCulture) is "0" ? 0L : json.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
