using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Templates;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>
/// The templates that are tried: those that ship, and those of <c>tests/Fixtures/Mails</c>, whose names begin with the brand they are
/// written for. A file that begins with an underscore is a partial.
/// </summary>
static class MailSet
{
    static readonly string Folder = Repository.PathOf("tests/Fixtures/Mails");
    static readonly Dictionary<string, BrandFixture> Brands = ReadBrands();
    static readonly Dictionary<string, string> Partials = ReadPartials();

    public static IReadOnlyList<SampleMail> All { get; } =
        [.. Shipped().Concat(MadeUp()).Select(Branded).OrderBy(mail => mail.Name, StringComparer.Ordinal)];

    public static TheoryData<string> Names { get; } = [.. All.Select(mail => mail.Name)];

    public static SampleMail Named(string name) => All.First(mail => mail.Name == name);

    public static CompiledTemplate Compile(TemplateSource source) => TemplateCompiler.Compile(source with { Partials = Partials }) switch
    {
        Compilation.Compiled compiled => compiled.Template,
        Compilation.Refused refused =>
            throw new InvalidOperationException($"{source.Name}.{source.Locale}.md: {string.Join('\n', refused.Problems)}"),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>All that the checks before publishing find, and what the reading of the file found.</summary>
    public static IReadOnlyList<TemplateProblem> ProblemsOf(SampleMail mail) =>
        TemplateChecks.Check([mail.Source with { Partials = Partials }], [mail.Source.Locale], mail.Brand);

    static IEnumerable<TemplateSource> Shipped() =>
        ShippedTemplates.OfEngine.SelectMany(shipped => shipped.Content.Sources(shipped.Alias));

    static IEnumerable<TemplateSource> MadeUp() => Directory.GetFiles(Folder, "*.*.md").Select(path =>
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var dot = name.LastIndexOf('.');
        var (source, problems) = FrontMatter.Read(name[..dot], name[(dot + 1)..], File.ReadAllText(path));
        return source ?? throw new InvalidOperationException($"{name}.md: {string.Join('\n', problems)}");
    });

    static SampleMail Branded(TemplateSource source)
    {
        var (prefix, rest) = (source.Name.Split('.')[0], source.Name.Split('.')[1]);
        var brand = Brands[prefix];
        var unsubscribe = brand.Unsubscribe?.Contains(rest) ?? false ? $"https://post.example/unsubscribe/{prefix}-0192f3a4" : null;
        return new(source, SampleData.Of(source.Variables), brand.Face, brand.Sender ?? brand.Name, unsubscribe);
    }

    static Dictionary<string, string> ReadPartials() => Directory.GetFiles(Folder, "_*.md")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)[1..], File.ReadAllText, StringComparer.Ordinal);

    static Dictionary<string, BrandFixture> ReadBrands()
    {
        using var file = File.OpenRead(Path.Combine(Folder, "brands.json"));
        return JsonSerializer.Deserialize<Dictionary<string, BrandFixture>>(file, JsonSerializerOptions.Web)!;
    }

    sealed record BrandFixture(
        string Name, string? Sender, string Colour, bool Logo, string? Intro, string? Footer, string? SupportEmail, string? SupportUrl,
        string[]? Unsubscribe)
    {
        public BrandFace Face => new()
        {
            Name = Name,
            Colour = BrandColour.TryParse(Colour, out var colour, out var problem) ? colour : throw new InvalidOperationException(problem),
            Logo = Logo ? new(BrandFaces.LogoContentId, 240, 64, Name) : null,
            Intro = Intro,
            Footer = Footer,
            SupportEmail = SupportEmail,
            SupportUrl = SupportUrl,
        };
    }
}
