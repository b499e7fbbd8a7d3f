namespace Waybill.Engine.Events;

/// <summary>What saving a route came to.</summary>
public abstract record RouteSaving
{
    private RouteSaving() { }

    /// <summary>It is saved, and applies at once on this node, within a second on others.</summary>
    public sealed record Saved(EventRoute Route) : RouteSaving;

    /// <summary>It cannot work; the sentence says why.</summary>
    public sealed record Refused(string Field, string Sentence) : RouteSaving;

    /// <summary>The tenant has no route of that id.</summary>
    public sealed record NotFound : RouteSaving;
}
