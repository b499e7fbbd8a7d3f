using Microsoft.AspNetCore.Components;

namespace Waybill.Screens.Framing;

/// <summary>A page that shows one model.</summary>
/// <typeparam name="TModel">All that the page shows; its handler makes it.</typeparam>
public abstract class PageOf<TModel> : Part
{
    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;
}
