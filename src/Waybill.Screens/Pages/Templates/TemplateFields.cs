using System.Diagnostics;
using Waybill.Templates;

namespace Waybill.Screens.Pages.Templates;

/// <summary>The names of the fields of a template's form.</summary>
public static class TemplateFields
{
    /// <summary>The words for the types of variables, as the API has them.</summary>
    public static IReadOnlyList<string> Types { get; } = ["string", "number", "boolean", "date", "money", "url", "list", "object"];

    /// <summary>A field of a locale: <c>subject.de</c>.</summary>
    public static string Of(string field, string locale) => $"{field}.{locale}";

    /// <summary>A field of a variable: <c>v.0.key</c>.</summary>
    public static string Of(int variable, string field) => $"v.{variable}.{field}";

    /// <summary>The field that a problem is in; null when it is about the template as a whole.</summary>
    public static string? Of(TemplateProblem problem) => problem switch
    {
        { Part: TemplatePart.Variables } => Of(0, "key"),
        { Locale: null } or { Line: 0 } => null,
        _ => Of(Word(problem.Part), problem.Locale),
    };

    static string Word(TemplatePart part) => part switch
    {
        TemplatePart.Body => "body",
        TemplatePart.Subject => "subject",
        TemplatePart.Preheader => "preheader",
        TemplatePart.Text => "text",
        _ => throw new UnreachableException($"No field for {part}."),
    };
}
