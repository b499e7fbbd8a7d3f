using Waybill.Engine.Relays;

namespace Waybill.Screens.Pages.Relays;

/// <summary>A relay as the pages show it; its password or API key is not in it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>smtp</c>, <c>resend</c>, or what else the settings make.</param>
/// <param name="Where">Where it is, for people.</param>
public sealed record RelayRow(Guid Id, string Name, string Kind, string Where)
{
    /// <summary>Whether it comes from the settings, and can be changed there only.</summary>
    public bool IsFromSettings { get; init; }

    /// <summary>Whether every tenant may use it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether the visitor may change it.</summary>
    public bool MayChange { get; init; }

    /// <summary>
    /// Whether the visitor may test it and see its caps: what a shared relay says, and how much of it all use, is for the instance's
    /// people.
    /// </summary>
    public bool MayTest { get; init; }

    /// <summary>Rate and caps.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>What it carried, where it has a cap.</summary>
    public RelayUsage Usage { get; init; } = new(0, 0);

    /// <summary>How its newest attempt ended; null: nothing went by it lately.</summary>
    public RelayPulse? Pulse { get; init; }
}
