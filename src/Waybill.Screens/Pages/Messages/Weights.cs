using Waybill.Engine.Interventions;
using Waybill.Screens.Parts;

namespace Waybill.Screens.Pages.Messages;

/// <summary>How much the button of an intervention weighs.</summary>
internal static class Weights
{
    public static ButtonKind Weight(this Intervention intervention) => intervention switch
    {
        Intervention.Cancel or Intervention.Stop => ButtonKind.Danger,
        Intervention.Retry or Intervention.ReleaseToRetry => ButtonKind.Primary,
        _ => ButtonKind.Plain,
    };
}
