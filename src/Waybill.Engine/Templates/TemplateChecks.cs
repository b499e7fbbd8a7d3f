namespace Waybill.Engine.Templates;

/// <summary>What is looked at before a template is published.</summary>
public static class TemplateChecks
{
    /// <summary>All that is wrong.</summary>
    public static IReadOnlyList<TemplateProblem> Check(
        IReadOnlyList<TemplateSource> locales, TemplateCompiler compiler, IReadOnlyList<string> wantedLocales, BrandFace brand) =>
        [.. locales.Select(compiler.Compile).SelectMany(compilation => compilation switch
        {
            Compilation.Refused(var problems) => problems,
            Compilation.Compiled(_, var warnings) => warnings,
            _ => [],
        })];
}
