namespace Waybill.Screens.Parts;

/// <summary>How much a button weighs.</summary>
public enum ButtonKind
{
    /// <summary>One of several things to do.</summary>
    Plain,

    /// <summary>The thing that this form is for; one a form.</summary>
    Primary,

    /// <summary>Cannot be taken back.</summary>
    Danger,

    /// <summary>Looks like a link.</summary>
    Quiet,
}
