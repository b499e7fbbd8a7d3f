using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Templates;
using Waybill.Testing;

namespace Waybill.Bench.Subjects;

/// <summary>The licence mail that the anchors have too: its template, and what sixteen orders fill it with.</summary>
internal static class LicenceMail
{
    // in the order of VariableType
    static readonly string[] TypeWords = ["string", "number", "boolean", "date", "money", "url", "list", "object"];

    public static TemplateSource Source
    {
        get
        {
            var (source, problems) =
                FrontMatter.Read("licence", "en", File.ReadAllText(Repository.PathOf("bench/anchors/licence/licence.en.md")));
            return source ?? throw new InvalidOperationException(problems[0].Message);
        }
    }

    /// <summary>Each mail says something else.</summary>
    public static JsonElement[] Data
    {
        get
        {
            var text = File.ReadAllText(Repository.PathOf("bench/anchors/licence/data.json"));
            return [
                .. Enumerable.Range(0, 16)
                    .Select(i => JsonElement.Parse(text.Replace("2026-000123", Invariant($"2026-{i:000000}"), StringComparison.Ordinal)))];
        }
    }

    /// <summary>Makes and publishes the template over the API.</summary>
    public static async Task PublishAsync(HttpClient client)
    {
        var (source, data) = (Source, Data[0]);
        using var made = await client.PostAsJsonAsync(new Uri("/templates", UriKind.Relative), new
        {
            name = "Licence",
            alias = "licence",
            subject = source.Subject,
            markdown = source.Body,
            variables = source.Variables.Select(
                one => new
                {
                    key = one.Path,
                    type = TypeWords[(int)one.Type],
                    required = one.IsRequired,
                    sample = one.Sample ?? Given(data, one.Path)
                }),
        });
        await EnsureAsync(made);
        using var published = await client.PostAsync(new Uri("/templates/licence/publish", UriKind.Relative), content: null);
        await EnsureAsync(published);
    }

    static JsonElement? Given(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value : null;

    static async Task EnsureAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
