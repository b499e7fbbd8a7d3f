using Microsoft.AspNetCore.Components;
using Waybill.Screens.Framing;

namespace Waybill.Screens.Parts;

/// <summary>What all fields of a form have in common: a name, a label, a hint and, when it was wrong, the fault.</summary>
public abstract class FieldPart : Part
{
    /// <summary>The name under which the form sends it.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What people call it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>A sentence that helps to fill it in.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with it; by default the form's fault of that name.</summary>
    [Parameter]
    public string? Fault { get; set; }

    /// <summary>The form's faults.</summary>
    [CascadingParameter(Name = "Faults")]
    public IReadOnlyList<Fault>? FormFaults { get; set; }

    /// <summary>The id of the control.</summary>
    protected string Id => FieldId(Name);

    /// <summary>What is wrong, or null.</summary>
    protected string? Wrong => Fault ?? FormFaults?.FirstOrDefault(fault => fault.Field == Name)?.Text;

    /// <summary>Ids of the texts that belong to the control, or null.</summary>
    protected string? DescribedBy => (Hint, Wrong) switch
    {
        (null, null) => null,
        (null, _) => Id + "-fault",
        (_, null) => Id + "-hint",
        _ => $"{Id}-hint {Id}-fault",
    };

    /// <summary><c>true</c>, or null for the attribute to be left out.</summary>
    protected string? Invalid => Wrong is null ? null : "true";
}
