using System.Globalization;
using System.Text.Json;

namespace Waybill.Templates.Specs;

/// <summary>Compiles and renders templates in one line.</summary>
static class Press
{
    public static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    public static readonly BrandFace Brand = new()
    {
        Name = "Court Side Strings",
        Colour = Colour("#b3261e"),
        Intro = "Stringing since 1998",
        Footer = "Court Side Strings\nMain Street 1, 8000 Zürich",
        SupportEmail = "help@strings.example",
        SupportUrl = "https://strings.example/help",
    };

    public static BrandColour Colour(string text) =>
        BrandColour.TryParse(text, out var colour, out var problem) ? colour : throw new ArgumentException(problem, nameof(text));

    public static TemplateSource Markdown(string body, string subject = "Subject") =>
        new() { Name = "sample", Locale = "en", Format = TemplateFormat.Markdown, Subject = subject, Body = body };

    public static TemplateSource Html(string body, string subject = "Subject") =>
        Markdown(body, subject) with { Format = TemplateFormat.Html };

    public static CompiledTemplate Compile(TemplateSource source, params (string Name, string Text)[] partials) =>
        TemplateCompiler.Compile(source with { Partials = partials.ToDictionary(StringComparer.Ordinal) }) switch
        {
            Compilation.Compiled compiled => compiled.Template,
            Compilation.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Problems)),
            _ => throw new InvalidOperationException(),
        };

    public static IReadOnlyList<TemplateProblem> Refusals(TemplateSource source, params (string Name, string Text)[] partials) =>
        Assert.IsType<Compilation.Refused>(
            TemplateCompiler.Compile(source with { Partials = partials.ToDictionary(StringComparer.Ordinal) })).Problems;

    public static Rendering.Rendered Render(
        TemplateSource source, string data = "{}", string locale = "en", params (string Name, string Text)[] partials) =>
        Compile(source, partials).Render(JsonElement.Parse(data), Brand, new(locale, Zurich)) switch
        {
            Rendering.Rendered rendered => rendered,
            Rendering.Refused refused =>
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"{refused.Line}:{refused.Column} {refused.Message}")),
            _ => throw new InvalidOperationException(),
        };

    public static Rendering.Refused RefusalOf(TemplateSource source, string data) =>
        Assert.IsType<Rendering.Refused>(Compile(source).Render(JsonElement.Parse(data), Brand, new("en", Zurich)));

    /// <summary>A text that stands as it is written: nothing but the language.</summary>
    public static string Language(string template, string data = "{}", params (string Name, string Text)[] partials) =>
        Render(Html("<p>x</p>") with { Text = template }, data, partials: partials).Text;
}
