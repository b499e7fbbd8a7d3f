using System.Diagnostics;
using System.Text.Json;
using Waybill.Bench.Measuring;
using Waybill.Bench.Subjects;
using Waybill.Templates;

namespace Waybill.Bench.Rows;

/// <summary>
/// Subject, HTML and text of one licence mail from a published template, on one thread; beside it Handlebars and marked in Node.js, or
/// Jinja2 and Markdown in Python, which make the HTML alone.
/// </summary>
internal static class TemplateRow
{
    static readonly BrandFace Brand = new()
    {
        Name = "Shop Größe & Söhne",
        Colour = default,
        Footer = "Shop Größe & Söhne\nMain Street 1",
        SupportEmail = "help@shop.example"
    };
    static readonly RenderOptions Options = new("en", TimeZoneInfo.Utc);

    public static async Task<string> MeasureAsync(Asked asked, string anchor, string name)
    {
        var (template, data) = (Compile(), LicenceMail.Data);
        await TurnAsync(template, data, asked.Seconds);
        var rounds =
            await Rounds.TakeAsync(
                asked.Rounds, () => TurnAsync(template, data, asked.Seconds), () => AnchorProgram.RunAsync(anchor, asked.Seconds));
        var (html, text) = Compose(template, data[0]);
        return Invariant(
            $"| licence mail from a template, beside {name} | {rounds.Cells()} | {html:N0} + {text:N0} characters, {rounds.Cpu:0.00} CPU s/1000 |");
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

    static CompiledTemplate Compile() =>
        TemplateCompiler.Compile(LicenceMail.Source) is Compilation.Compiled compiled
            ? compiled.Template
            : throw new InvalidOperationException("The licence mail does not compile.");
}
