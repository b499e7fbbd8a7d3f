namespace Waybill.Screens.Pages;

/// <summary>What the page for recipients who unsubscribe says.</summary>
public enum UnsubscribeState
{
    /// <summary>Asks whether they want to.</summary>
    Asked,

    /// <summary>Says that it is done.</summary>
    Done,

    /// <summary>Says that the link is none of ours.</summary>
    NoSuchLink,
}
