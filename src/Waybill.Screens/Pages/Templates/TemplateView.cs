using Waybill.Engine.Catalogue;
using Waybill.Engine.Composing;
using Waybill.Screens.Framing;
using Waybill.Screens.Parts;

namespace Waybill.Screens.Pages.Templates;

/// <summary>All that the editor shows beside what was typed.</summary>
public sealed record TemplateView
{
    /// <summary>The template as it is kept.</summary>
    public required Template Template { get; init; }

    /// <summary>The number of its published version; null: none is.</summary>
    public int? PublishedNumber { get; init; }

    /// <summary>What the form holds.</summary>
    public required TemplateForm Form { get; init; }

    /// <summary>What keeps the form from being taken.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What the form would make.</summary>
    public required TemplateFindings Findings { get; init; }

    /// <summary>The brands to choose from.</summary>
    public IReadOnlyList<Choice> Brands { get; init; } = [];

    /// <summary>Where it is used.</summary>
    public required TemplateLine Use { get; init; }

    /// <summary>What came of a test; null: none was sent.</summary>
    public TestOutcome? Test { get; init; }

    /// <summary>What somebody else saved meanwhile, against what was typed; null: nobody did.</summary>
    public string? Conflict { get; init; }

    /// <summary>Whether the form holds what is kept nowhere.</summary>
    public bool IsUnsaved { get; init; }

    /// <summary>What was just done; null: nothing.</summary>
    public Notice? Notice { get; init; }
}

/// <summary>What a template's form would make, and what the checks say of it.</summary>
/// <param name="Preview">The mail, or why there is none.</param>
/// <param name="Data">The data of the preview.</param>
public sealed record TemplateFindings(Preview Preview, string Data)
{
    /// <summary>What the checks found.</summary>
    public IReadOnlyList<Waybill.Templates.TemplateProblem> Problems => Preview switch
    {
        Preview.Shown(_, _, var problems) => problems,
        Preview.Refused(_, var problems) => problems,
        _ => [],
    };
}
