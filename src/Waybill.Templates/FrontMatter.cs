using Waybill.Templates.Language;
using Waybill.Templates.FrontMatterText;

namespace Waybill.Templates;

/// <summary>
/// Reads template files: between two lines of --- the subject, the preheader and the variables, then the body in Markdown. What stands
/// between is like YAML and strict: a key that is not known is a problem. docs/templates.md describes it.
/// </summary>
public static class FrontMatter
{
    const string Fence = "---";

    /// <summary>Reads a file.</summary>
    /// <param name="name">How the template is called.</param>
    /// <param name="locale">A BCP 47 tag.</param>
    /// <param name="file">The whole text.</param>
    /// <returns>The source, or null where a problem is fatal.</returns>
    public static (TemplateSource? Source, IReadOnlyList<TemplateProblem> Problems) Read(string name, string locale, string file)
    {
        var problems = new Problems(locale);
        var lines = file.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence) : -1;
        if (end < 0)
        {
            problems.Refuse(new(1, 1), "A template begins with a line ---, then its subject and its variables, then a line --- again.");
            return (null, problems.Found);
        }

        var head = new HeadReader(lines[1..end], problems).Read();
        if (head.Subject is null) problems.Refuse(new(1, 1), "The subject is missing: write subject: and a line of text.");
        return problems.AreFatal ? (null, problems.Found) : (SourceOf(name, locale, head, lines, end), problems.Found);
    }

    static TemplateSource SourceOf(string name, string locale, Head head, string[] lines, int end) => new()
    {
        Name = name,
        Locale = locale,
        Format = TemplateFormat.Markdown,
        Subject = head.Subject!,
        SubjectLine = head.SubjectLine,
        Preheader = head.Preheader,
        PreheaderLine = head.PreheaderLine,
        Variables = head.Variables,
        Body = string.Join('\n', lines[(end + 1)..]),
        BodyLine = end + 2,
    };
}
