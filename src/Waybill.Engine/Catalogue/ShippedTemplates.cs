using System.Reflection;
using Waybill.Templates;

namespace Waybill.Engine.Catalogue;

/// <summary>Reads the templates that come with an assembly: embedded files called NAME.LOCALE.md.</summary>
public static class ShippedTemplates
{
    /// <summary>The locale that a template is written in first; the others are held against it.</summary>
    const string First = "en";

    /// <summary>The folder in which the engine's own are.</summary>
    const string OwnFolder = "Catalogue/Shipped/";

    /// <summary>The engine's own: mails about accounts.</summary>
    public static IReadOnlyList<ShippedTemplate> OfEngine { get; } = Read(typeof(ShippedTemplates).Assembly, OwnFolder);

    /// <summary>All templates in a folder, ordered by name, each with all its locales.</summary>
    /// <param name="assembly">In which they are embedded.</param>
    /// <param name="folder">What their resource names begin with.</param>
    /// <exception cref="InvalidDataException">One cannot be read; the message says where.</exception>
    public static IReadOnlyList<ShippedTemplate> Read(Assembly assembly, string folder) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".md", StringComparison.Ordinal))
            .Select(name => ReadOne(assembly, name, name[folder.Length..^".md".Length]))
            .OrderBy(source => source.Name, StringComparer.Ordinal)
            .ThenBy(source => source.Locale != First)
            .ThenBy(source => source.Locale, StringComparer.Ordinal)
            .GroupBy(source => source.Name, StringComparer.Ordinal)
            .Select(group => new ShippedTemplate(group.Key, Together([.. group]))),
    ];

    static TemplateSource ReadOne(Assembly assembly, string resource, string file)
    {
        var dot = file.LastIndexOf('.');
        var locale = file[(dot + 1)..];
        if (dot < 1 || !LocaleChoice.IsLocale(locale))
            throw new InvalidDataException($"{resource}: a shipped template is called NAME.LOCALE.md.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var (source, problems) = FrontMatter.Read(file[..dot], locale, reader.ReadToEnd());
        return source ?? throw new InvalidDataException(Told(resource, problems.First(problem => problem.IsFatal)));
    }

    static string Told(string resource, TemplateProblem problem) =>
        FormattableString.Invariant($"{resource}({problem.Line},{problem.Column}): {problem.Message}");

    static TemplateContent Together(IReadOnlyList<TemplateSource> locales)
    {
        var first = locales[0];
        foreach (var other in locales.Skip(1)) HoldAgainst(first, other);
        return new()
        {
            Format = first.Format,
            Texts = [.. locales.Select(Text)],
            Variables = first.Variables,
        };
    }

    static TemplateText Text(TemplateSource source) => new(source.Locale, source.Subject, source.Body)
    {
        Preheader = source.Preheader,
        Text = source.Text,
        BodyLine = source.BodyLine,
    };

    /// <summary>All locales are filled with the same data: only the samples may differ.</summary>
    static void HoldAgainst(TemplateSource first, TemplateSource other)
    {
        var (these, those) = (Shapes(first), Shapes(other));
        if (these.SetEquals(those)) return;
        var odd = these.Except(those).Concat(those.Except(these)).First().Path;
        throw new InvalidDataException(
            $"{other.Name}.{other.Locale}.md: {odd} is not declared as in {first.Locale}; all locales of a template have the same variables.");
    }

    static HashSet<TemplateVariable> Shapes(TemplateSource source) =>
        [.. source.Variables.Select(variable => variable with { Sample = null, Fallback = null })];
}
