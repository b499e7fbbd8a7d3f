namespace Waybill.Templates;

/// <summary>Something wrong with a template.</summary>
/// <param name="Locale">In which locale's source; null: in the template as a whole.</param>
/// <param name="Line">From 1; 0: nowhere in particular.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Message">A sentence that says what is wrong and how to mend it.</param>
/// <param name="IsFatal">Whether it forbids publishing.</param>
public sealed record TemplateProblem(string? Locale, int Line, int Column, string Message, bool IsFatal)
{
    /// <summary>Which part of the template the line is one of.</summary>
    public TemplatePart Part { get; init; }
}

/// <summary>What a template is made of; each part counts its own lines.</summary>
public enum TemplatePart
{
    /// <summary>The body, in Markdown or HTML.</summary>
    Body,

    /// <summary>The subject.</summary>
    Subject,

    /// <summary>What an inbox shows beside the subject.</summary>
    Preheader,

    /// <summary>The plain text of the author's own.</summary>
    Text,

    /// <summary>What is declared; its problems have no line.</summary>
    Variables,
}
