using Waybill.Templates.Language;

namespace Waybill.Templates;

/// <summary>Which partials a source asks for that are not parts of ours.</summary>
public static class PartialUses
{
    /// <summary>
    /// Their names, each as often as it is used; a source that cannot be read uses none, for compiling it says what is wrong.
    /// </summary>
    public static IEnumerable<string> In(string source, TemplateFormat format)
    {
        if (source.Length > TemplateLimits.Source) return [];
        var problems = new Problems(locale: null);
        var tokens = new Lexer(source, new(1, 1), format == TemplateFormat.Markdown, new(problems), problems).Read();
        return tokens.Select(token => token.Tag).OfType<Tag.Use>().Select(use => use.Name).Where(name => !Parts.StandAlone.Contains(name));
    }
}
