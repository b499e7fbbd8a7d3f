using Microsoft.AspNetCore.Components;

namespace Waybill.Screens.Framing;

/// <summary>A page, or a part of one, that knows its frame.</summary>
public abstract class Part : ComponentBase
{
    /// <summary>The frame; pages for recipients have none.</summary>
    [CascadingParameter]
    public PageFrame Frame { get; set; } = null!;

    /// <summary>The id of the control of a field, which its fault links to.</summary>
    public static string FieldId(string name) => "f-" + name;

    /// <summary>The text of a key in the visitor's language.</summary>
    protected string T(string key, params object?[] arguments) => Frame.T(key, arguments);
}
