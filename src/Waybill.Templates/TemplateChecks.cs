using Waybill.Templates.Checking;
using Waybill.Templates.Language;

namespace Waybill.Templates;

/// <summary>What is looked at before a template is published.</summary>
public static class TemplateChecks
{
    /// <summary>Compiles every locale and tells what is wrong and what looks wrong.</summary>
    /// <param name="locales">All there are; the first is the one the others are held against.</param>
    /// <param name="wantedLocales">Those that must be there.</param>
    /// <param name="brand">With which the samples are rendered.</param>
    /// <returns>In the order of the locales; nothing fatal in it: it can be published.</returns>
    public static IReadOnlyList<TemplateProblem> Check(
        IReadOnlyList<TemplateSource> locales, IReadOnlyList<string> wantedLocales, BrandFace brand)
    {
        var found = new List<TemplateProblem>();
        if (locales.Count == 0) found.Add(new(null, 0, 0, "The template has no text in any locale: add one.", IsFatal: true));
        foreach (var wanted in wantedLocales.Where(
            wanted => !locales.Any(source => source.Locale.Equals(wanted, StringComparison.OrdinalIgnoreCase))))
        {
            found.Add(
                new(
                    wanted, 0, 0, $"The locale {wanted} is missing: add its text, or take it from the locales that are wanted.",
                    IsFatal: true));
        }

        var compiled = new List<CompiledTemplate>();
        foreach (var source in locales) found.AddRange(Check(source, brand, compiled));
        if (compiled.Count == locales.Count) found.AddRange(LocaleCheck.Compare(compiled));
        return found;
    }

    static IReadOnlyList<TemplateProblem> Check(TemplateSource source, BrandFace brand, List<CompiledTemplate> compiled)
    {
        var result = TemplateCompiler.Compile(source);
        if (result is not Compilation.Compiled { Template: var template, Warnings: var warnings })
        {
            return ((Compilation.Refused)result).Problems;
        }

        compiled.Add(template);
        var problems = new Problems(source.Locale);
        VariableCheck.Look(template, problems);
        SecretCheck.Look(template, problems);
        MailCheck.Look(template, brand, problems);
        return [.. warnings, .. problems.Found];
    }
}
