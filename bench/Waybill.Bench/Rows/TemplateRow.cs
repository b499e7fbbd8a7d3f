using System.Diagnostics;
using System.Text.Json;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Engine.Templates;
using Waybill.Testing;

namespace Waybill.Bench.Rows;

/// <summary>
/// Subject, HTML and text of one licence mail from a published template, on one thread; beside it Handlebars and marked in Node.js, or
/// Jinja2 and Markdown in Python, which make the HTML alone.
/// </summary>
internal static class TemplateRow
{
    static readonly BrandFace Brand = new() { Name = "Shop Größe & Söhne", Colour = default, Footer = "Shop Größe & Söhne\nMain Street 1", SupportEmail = "help@shop.example" };
    static readonly RenderOptions Options = new("en", TimeZoneInfo.Utc);

    public static async Task<string> MeasureAsync(Asked asked, string anchor, string name)
    {
        var (template, data) = (Compile(), Data());
        await TurnAsync(template, data, asked.Seconds);
        var rounds = await Rounds.TakeAsync(asked.Rounds, () => TurnAsync(template, data, asked.Seconds), () => AnchorProgram.RunAsync(anchor, asked.Seconds));
        var (html, text) = Compose(template, data[0]);
        return Invariant($"| licence mail from a template, beside {name} | {rounds.Cells()} | {html:N0} + {text:N0} characters, {rounds.Cpu:0.00} CPU s/1000 |");
    }

    static Task<Turn> TurnAsync(CompiledTemplate template, JsonElement[] data, int seconds)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), ProcessFigures.CpuTime(Environment.ProcessId));
        var count = 0;
        for (; count % 64 != 0 || clock.Elapsed.TotalSeconds < seconds; count++) _ = Compose(template, data[count % data.Length]);
        return Task.FromResult(new Turn(count, clock.Elapsed, ProcessFigures.CpuTime(Environment.ProcessId) - cpu));
    }

    static (int Html, int Text) Compose(CompiledTemplate template, JsonElement data) =>
        template.Render(data, Brand, Options) is Rendering.Rendered mail
        ? (mail.Html.Length, mail.Text.Length)
        : throw new InvalidOperationException("The licence mail is refused.");

    static CompiledTemplate Compile()
    {
        var (source, problems) = FrontMatter.Read("licence", "en", File.ReadAllText(Repository.PathOf("bench/anchors/licence/licence.en.md")));
        if (source is null) throw new InvalidOperationException(problems[0].Message);
        return new TemplateCompiler(new Dictionary<string, string>(StringComparer.Ordinal)).Compile(source) is Compilation.Compiled compiled
            ? compiled.Template
            : throw new InvalidOperationException("The licence mail does not compile.");
    }

    /// <summary>Sixteen orders: each mail says something else.</summary>
    static JsonElement[] Data()
    {
        var text = File.ReadAllText(Repository.PathOf("bench/anchors/licence/data.json"));
        return [.. Enumerable.Range(0, 16).Select(i => JsonElement.Parse(text.Replace("2026-000123", Invariant($"2026-{i:000000}"), StringComparison.Ordinal)))];
    }
}
