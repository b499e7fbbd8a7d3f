namespace Waybill.Templates.Checking;

/// <summary>Holds the locales of a template against the first one.</summary>
internal static class LocaleCheck
{
    const int WordsOfASentence = 3;

    public static IEnumerable<TemplateProblem> Compare(IReadOnlyList<CompiledTemplate> locales)
    {
        foreach (var other in locales.Skip(1))
        {
            foreach (var message in Differences(locales[0], other)) yield return new(other.Source.Locale, 0, 0, message, IsFatal: false);
            foreach (var problem in Untranslated(locales[0].Source, other.Source)) yield return problem;
        }
    }

    static IEnumerable<string> Differences(CompiledTemplate first, CompiledTemplate other)
    {
        var (name, than) = (other.Source.Locale, first.Source.Locale);
        if (first.Source.Preheader is not null && other.Source.Preheader is null)
        {
            yield return $"{name} lacks the preheader that {than} has.";
        }

        var lacking = first.UsedPaths.Except(other.UsedPaths).ToList();
        if (lacking.Count > 0) yield return $"{name} does not say {string.Join(", ", lacking)}, which {than} says.";
        var missing = Texts(first.Source).Count() - Texts(other.Source).Count();
        if (missing > 0)
        {
            yield return $"{name} lacks {missing} {(missing == 1 ? "text" : "texts")} that {than} has: it has fewer paragraphs.";
        }
    }

    static IEnumerable<TemplateProblem> Untranslated(TemplateSource first, TemplateSource other)
    {
        if (LanguageOf(first) == LanguageOf(other)) yield break;
        var known = Texts(first).Select(text => text.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (line, text) in Texts(other).Where(text => known.Contains(text.Text) && IsSentence(text.Text)))
        {
            yield return new(other.Locale, line, 1, $"This is the same as in {first.Locale}: translate it.", IsFatal: false);
        }
    }

    static string LanguageOf(TemplateSource source) => source.Locale.Split('-')[0];

    static bool IsSentence(string text) =>
        !text.Contains("{{", StringComparison.Ordinal) && text.Split(' ').Count(word => word.Any(char.IsLetter)) >= WordsOfASentence;

    /// <summary>Lines that say something, with their numbers; tags that stand alone do not.</summary>
    static IEnumerable<(int Line, string Text)> Texts(TemplateSource source)
    {
        var isAfterBlank = true;
        foreach (var (index, line) in source.Body.Split('\n').Index())
        {
            var text = line.Trim();
            var isTag = text.StartsWith("{{#", StringComparison.Ordinal) || text.StartsWith("{{/", StringComparison.Ordinal)
                || text is "{{else}}";
            if (text.Length > 0 && !isTag && isAfterBlank) yield return (source.BodyLine + index, text);
            isAfterBlank = text.Length == 0 || isTag;
        }
    }
}
